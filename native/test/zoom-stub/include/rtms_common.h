// The structures of Zoom's SDK as its public wrapper uses them: the names are facts, types and order are our guesses.
#ifndef RTMS_ZOOM_STUB_COMMON_H
#define RTMS_ZOOM_STUB_COMMON_H

#include <cstdint>

constexpr int MAX_MEETING_ID_LEN = 32;

struct session_info {
    char *session_id;
    char *stream_id;
    char meeting_id[MAX_MEETING_ID_LEN];
    std::uint64_t stat_time;
    int status;
};

struct participant_info {
    int participant_id;
    char *participant_name;
};

struct ai_target {
    int lid;
    int toneid;
    char voice_id[16];
    char engine[16];
};

struct ai_interpreter {
    int lid;
    std::uint64_t timestamp;
    int channel_num;
    int sample_rate;
    int target_size;
    ai_target atl[100];
};

struct rtms_metadata {
    char *user_name;
    int user_id;
    std::uint64_t start_ts;
    std::uint64_t end_ts;
    ai_interpreter aii;
};

struct audio_parameters {
    int content_type;
    int codec;
    int sample_rate;
    int channel;
    int data_opt;
    int duration;
    int frame_size;
};

struct video_parameters {
    int content_type;
    int codec;
    int resolution;
    int data_opt;
    int fps;
};

struct ds_parameters {
    int content_type;
    int codec;
    int resolution;
    int fps;
};

struct transcript_parameters {
    int content_type;
    int src_language;
    bool enable_lid;
};

struct media_parameters {
    audio_parameters *audio_param;
    video_parameters *video_param;
    ds_parameters *ds_param;
    transcript_parameters *tr_param;
};

#endif
