package io.rtms.simulator;

/** Status codes of handshake replies that the simulator gives (rtms-protocol section 10.8). */
enum Status {
    OK(0, ""),
    INVALID_MESSAGE_TYPE(1, "the first message has to be a handshake"),
    INVALID_RTMS_STREAM_ID(2, "no such stream"),
    INVALID_SIGNATURE(3, "the signature is wrong"),
    INVALID_PAYLOAD(4, "the message is incomplete or names another meeting"),
    DUPLICATE_SIGNAL_REQUEST(8, "the stream has a signaling connection"),
    MEDIA_TYPE_INVALID_VALUE(14, "media_type is not a sum of 1, 2, 4, 8, 16, nor 32"),
    MEDIA_DATA_ALL_CONNECTION_EXIST(15, "one connection for all media excludes others"),
    DUPLICATE_MEDIA_DATA_CONNECTION(16, "the medium has a connection"),
    INVALID_MEDIA_AUDIO_PARAMS(18, "this combination of audio parameters is not allowed"),
    INVALID_AUDIO_CONTENT_TYPE(19, "audio content_type"),
    INVALID_AUDIO_SAMPLE_RATE(20, "audio sample_rate"),
    INVALID_AUDIO_CHANNEL(21, "audio channel"),
    INVALID_AUDIO_CODEC(22, "audio codec"),
    INVALID_AUDIO_DATA_OPT(23, "audio data_opt"),
    INVALID_AUDIO_SEND_RATE(24, "audio send_rate"),
    INVALID_TRANSCRIPT_CONTENT_TYPE(37, "transcript content_type"),
    INVALID_RTMS_SESSION_ID(40, "no such session"),
    INVALID_TRANSCRIPT_SOURCE_LANGUAGE(43, "transcript src_language"),
    INTERNAL_EXCEPTION(45, "the stream has no signaling connection at the moment");

    private final int code;
    private final String reason;

    Status(int code, String reason) {
        this.code = code;
        this.reason = reason;
    }

    int code() {
        return code;
    }

    String reason() {
        return reason;
    }
}
