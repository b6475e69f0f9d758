package io.rtms.event;

/**
 * How Zoom answers a handshake or request (rtms-protocol section 10.8; there with the prefix STATUS_). Which of them are worth another try
 * follows section 7; what Zoom's tables leave open counts as passing.
 */
public enum StatusCode {
    OK(0, "Accepted.", false),
    INVALID_MESSAGE_TYPE(1, "Zoom does not know the type of message.", false),
    INVALID_RTMS_STREAM_ID(2, "Zoom does not know this stream id.", false),
    INVALID_SIGNATURE(3, "Zoom refused the signature: check client id and client secret.", false),
    INVALID_PAYLOAD(4, "Zoom refused the message's content.", false),
    INVALID_EVENTS(5, "Zoom refused the list of events.", false),
    INVALID_EVENT_TYPE(6, "Zoom does not know a type of event.", false),
    INVALID_MEDIA_TYPE(7, "Zoom does not know the type of media.", false),
    DUPLICATE_SIGNAL_REQUEST(
            8,
            "Somebody holds this stream's signaling connection already: another instance, or our own earlier one.",
            true),
    MEDIA_TYPE_AUDIO_NOT_SUPPORT(9, "Audio is not offered: check the app's scopes.", false),
    MEDIA_TYPE_VIDEO_NOT_SUPPORT(10, "Video is not offered: check the app's scopes.", false),
    MEDIA_TYPE_DESKSHARE_NOT_SUPPORT(11, "Desk share is not offered: check the app's scopes.", false),
    MEDIA_TYPE_TRANSCRIPT_NOT_SUPPORT(12, "Transcripts are not offered: check the app's scopes.", false),
    MEDIA_TYPE_CHAT_NOT_SUPPORT(13, "Chat is not offered: check the app's scopes.", false),
    MEDIA_TYPE_INVALID_VALUE(14, "Zoom refused the requested media types.", false),
    MEDIA_DATA_ALL_CONNECTION_EXIST(15, "A connection for all media exists already.", true),
    DUPLICATE_MEDIA_DATA_CONNECTION(16, "A connection for this medium exists already.", true),
    INVALID_MEDIA_PARAMS(17, "Zoom refused the media parameters.", false),
    INVALID_MEDIA_AUDIO_PARAMS(18, "Zoom refused the audio parameters.", false),
    INVALID_MEDIA_AUDIO_CONTENT_TYPE(19, "Zoom refused the audio content type.", false),
    INVALID_MEDIA_AUDIO_SAMPLE_RATE(20, "Zoom refused the audio sample rate.", false),
    INVALID_MEDIA_AUDIO_CHANNEL(21, "Zoom refused the number of audio channels.", false),
    INVALID_MEDIA_AUDIO_CODEC(22, "Zoom refused the audio codec.", false),
    INVALID_MEDIA_AUDIO_DATA_OPT(23, "Zoom refused the audio data option.", false),
    INVALID_MEDIA_AUDIO_SEND_RATE(24, "Zoom refused the audio send rate.", false),
    INVALID_MEDIA_VIDEO_PARAMS(25, "Zoom refused the video parameters.", false),
    INVALID_MEDIA_VIDEO_CONTENT_TYPE(26, "Zoom refused the video content type.", false),
    INVALID_MEDIA_VIDEO_CODEC(27, "Zoom refused the video codec.", false),
    INVALID_MEDIA_VIDEO_RESOLUTION(28, "Zoom refused the video resolution.", false),
    INVALID_MEDIA_VIDEO_DATA_OPT(29, "Zoom refused the video data option.", false),
    INVALID_MEDIA_VIDEO_FPS(30, "Zoom refused the video frame rate.", false),
    INVALID_MEDIA_DESKSHARE_PARAMS(31, "Zoom refused the desk-share parameters.", false),
    INVALID_MEDIA_DESKSHARE_CONTENT_TYPE(32, "Zoom refused the desk-share content type.", false),
    INVALID_MEDIA_DESKSHARE_CODEC(33, "Zoom refused the desk-share codec.", false),
    INVALID_MEDIA_DESKSHARE_RESOLUTION(34, "Zoom refused the desk-share resolution.", false),
    INVALID_MEDIA_DESKSHARE_FPS(35, "Zoom refused the desk-share frame rate.", false),
    INVALID_MEDIA_TRANSCRIPT_PARAMS(36, "Zoom refused the transcript parameters.", false),
    INVALID_MEDIA_TRANSCRIPT_CONTENT_TYPE(37, "Zoom refused the transcript content type.", false),
    INVALID_MEDIA_CHAT_PARAMS(38, "Zoom refused the chat parameters.", false),
    INVALID_MEDIA_CHAT_CONTENT_TYPE(39, "Zoom refused the chat content type.", false),
    INVALID_RTMS_SESSION_ID(40, "Zoom does not know this session id.", false),
    INVALID_CLIENT_READY_ACK(41, "Zoom refused the ready message.", false),
    INVALID_EVENT_SUBSCRIBE(42, "Zoom refused the event subscription.", false),
    INVALID_MEDIA_TRANSCRIPT_SOURCE_LANGUAGE(43, "Zoom refused the transcript's source language.", false),
    DUPLICATE_VIDEO_SUBSCRIPTION(44, "This participant's video is subscribed to already.", true),
    INTERNAL_EXCEPTION(45, "Zoom had an internal error.", true),
    INVALID_MEDIA_TRANSCRIPT_TARGET_LANGUAGE(46, "Zoom refused the transcript's target language.", false),
    CHAT_SESSION_KEY_NOT_AVAILABLE(47, "The key of the chat session is not available.", true),
    /** A number that this version does not know. */
    UNKNOWN(-1, "Zoom answered with a status that this version does not know.", true);

    private final int number;
    private final String text;
    private final boolean passing;

    StatusCode(int number, String text, boolean passing) {
        this.number = number;
        this.text = text;
        this.passing = passing;
    }

    /** Zoom's number; -1 for {@link #UNKNOWN}. */
    public int number() {
        return number;
    }

    /** A sentence for people. */
    public String text() {
        return text;
    }

    /** Whether the same request may well be accepted a little later. */
    public boolean passing() {
        return passing;
    }

    /** The status with Zoom's number. */
    public static StatusCode of(int number) {
        return number >= 0 && number < UNKNOWN.ordinal() ? values()[number] : UNKNOWN;
    }
}
