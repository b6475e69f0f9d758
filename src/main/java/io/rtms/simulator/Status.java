package io.rtms.simulator;

import io.rtms.media.MediaType;

/** Answers that the simulator gives, with Zoom's status codes (rtms-protocol section 10.8). */
enum Status {
    OK(0, ""),
    INVALID_MESSAGE_TYPE(1, "the first message has to be a handshake"),
    INVALID_RTMS_STREAM_ID(2, "no such stream"),
    INVALID_SIGNATURE(3, "the signature is wrong"),
    INVALID_PAYLOAD(4, "the message is incomplete or names another meeting"),
    NO_INDIVIDUAL_VIDEO(4, "there is no video connection with data_opt 4"),
    NO_SUCH_PARTICIPANT(4, "nobody in this meeting has this user_id"),
    NO_SUCH_VIDEO(4, "this video is not subscribed to"),
    DUPLICATE_SIGNAL_REQUEST(8, "the stream has a signaling connection"),
    AUDIO_NOT_SUPPORTED(9, "audio is not offered"),
    VIDEO_NOT_SUPPORTED(10, "video is not offered"),
    DESKSHARE_NOT_SUPPORTED(11, "desk share is not offered"),
    TRANSCRIPT_NOT_SUPPORTED(12, "transcripts are not offered"),
    CHAT_NOT_SUPPORTED(13, "chat is not offered"),
    MEDIA_TYPE_INVALID_VALUE(14, "media_type is not a sum of 1, 2, 4, 8, 16, nor 32"),
    MEDIA_DATA_ALL_CONNECTION_EXIST(15, "one connection for all media excludes others"),
    DUPLICATE_MEDIA_DATA_CONNECTION(16, "the medium has a connection"),
    INVALID_MEDIA_PARAMS(17, "media_params is no object"),
    INVALID_AUDIO_PARAMS(18, "this combination of audio parameters is not allowed"),
    INVALID_AUDIO_CONTENT_TYPE(19, "audio content_type"),
    INVALID_AUDIO_SAMPLE_RATE(20, "audio sample_rate"),
    INVALID_AUDIO_CHANNEL(21, "audio channel"),
    INVALID_AUDIO_CODEC(22, "audio codec"),
    NO_G722(22, "there is no .g722 file to play"),
    INVALID_AUDIO_DATA_OPT(23, "audio data_opt"),
    INVALID_AUDIO_SEND_RATE(24, "audio send_rate"),
    INVALID_VIDEO_PARAMS(25, "video is no object"),
    INVALID_VIDEO_CONTENT_TYPE(26, "video content_type"),
    INVALID_VIDEO_CODEC(27, "video codec"),
    INVALID_VIDEO_RESOLUTION(28, "video resolution"),
    INVALID_VIDEO_DATA_OPT(29, "video data_opt"),
    INVALID_VIDEO_FPS(30, "video fps: 1 to 30 with H264, 1 to 5 with JPG and PNG"),
    INVALID_DESKSHARE_PARAMS(31, "deskshare is no object"),
    INVALID_DESKSHARE_CONTENT_TYPE(32, "deskshare content_type"),
    INVALID_DESKSHARE_CODEC(33, "deskshare codec"),
    INVALID_DESKSHARE_RESOLUTION(34, "deskshare resolution"),
    INVALID_DESKSHARE_FPS(35, "deskshare fps: 1 to 30 with H264, 1 to 5 with JPG and PNG"),
    INVALID_TRANSCRIPT_PARAMS(36, "transcript is no object, or enable_lid is no boolean or false without a language"),
    INVALID_TRANSCRIPT_CONTENT_TYPE(37, "transcript content_type"),
    INVALID_CHAT_PARAMS(38, "chat is no object"),
    INVALID_CHAT_CONTENT_TYPE(39, "chat content_type"),
    INVALID_RTMS_SESSION_ID(40, "no such session"),
    INVALID_TRANSCRIPT_SOURCE_LANGUAGE(43, "transcript src_language"),
    DUPLICATE_VIDEO_SUBSCRIPTION(44, "this video is subscribed to"),
    INTERNAL_EXCEPTION(45, "the stream has no signaling connection at the moment"),
    MOVED(45, "the stream is served elsewhere");

    private final int code;
    private final String reason;

    Status(int code, String reason) {
        this.code = code;
        this.reason = reason;
    }

    /** What a medium that is not offered is answered. */
    static Status notSupported(MediaType medium) {
        return switch (medium) {
            case AUDIO -> AUDIO_NOT_SUPPORTED;
            case VIDEO -> VIDEO_NOT_SUPPORTED;
            case DESKSHARE -> DESKSHARE_NOT_SUPPORTED;
            case TRANSCRIPT -> TRANSCRIPT_NOT_SUPPORTED;
            case CHAT -> CHAT_NOT_SUPPORTED;
        };
    }

    int code() {
        return code;
    }

    String reason() {
        return reason;
    }

    Answer answer() {
        return new Answer(code, reason);
    }
}
