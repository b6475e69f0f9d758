// The interface of Zoom's SDK as its public wrapper uses it, for a stand-in of our own.
#ifndef RTMS_ZOOM_STUB_SDK_H
#define RTMS_ZOOM_STUB_SDK_H

#include <cstdint>
#include <string>
#include <vector>

#include "rtms_common.h"

#define RTMS_STUB_API __attribute__((visibility("default")))

class RTMS_STUB_API rtms_sdk_sink {
  public:
    virtual ~rtms_sdk_sink() = default;
    virtual void on_join_confirm(int reason) = 0;
    virtual void on_session_update(int op, session_info *info) = 0;
    virtual void on_user_update(int op, participant_info *info) = 0;
    virtual void on_audio_data(unsigned char *data, int size, std::uint64_t timestamp, rtms_metadata *metadata) = 0;
    virtual void on_video_data(unsigned char *data, int size, std::uint64_t timestamp, rtms_metadata *metadata) = 0;
    virtual void on_ds_data(unsigned char *data, int size, std::uint64_t timestamp, rtms_metadata *metadata) = 0;
    virtual void on_transcript_data(unsigned char *data, int size, std::uint64_t timestamp,
                                    rtms_metadata *metadata) = 0;
    virtual void on_leave(int reason) = 0;
    virtual void on_event_ex(const std::string &event) = 0;
    virtual void on_participant_video(std::vector<int> users, bool on) = 0;
    virtual void on_video_subscript_resp(int user, int status, std::string error) = 0;
};

class RTMS_STUB_API rtms_sdk {
  public:
    virtual ~rtms_sdk() = default;
    virtual int open(rtms_sdk_sink *sink) = 0;
    virtual int config(media_parameters *params, int media_types, int ale, int feature_ids) = 0;
    virtual int set_proxy(std::string type, std::string url) = 0;
    virtual int join(const char *meeting_uuid, const char *rtms_stream_id, const char *signature,
                     const char *server_url, int timeout_ms) = 0;
    virtual int leave(int reason) = 0;
    virtual int poll() = 0;
    virtual int subscribe_event(int types[], int count) = 0;
    virtual int unsubscribe_event(int types[], int count) = 0;
    virtual int send_subscript_video(int user_id, bool is_sub) = 0;
};

class RTMS_STUB_API rtms_sdk_provider {
  public:
    static rtms_sdk_provider *instance();
    int init(const char *ca_path, bool is_verify_cert);
    rtms_sdk *create_sdk();
    int release_sdk(rtms_sdk *sdk);
    void uninit();
};

extern RTMS_STUB_API std::string g_agent;

#endif
