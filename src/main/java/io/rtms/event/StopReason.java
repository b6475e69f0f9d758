package io.rtms.event;

/** Why Zoom stopped a stream, session or connection (rtms-protocol section 10.9; there with the prefix STOP_BC_). */
public enum StopReason {
    UNDEFINED(0, "No reason was given.", false),
    HOST_TRIGGERED(1, "The host stopped the stream.", false),
    USER_TRIGGERED(2, "The user stopped the stream.", false),
    USER_LEFT(3, "The user of the app left.", false),
    USER_EJECTED(4, "The user of the app was removed from the meeting.", false),
    HOST_DISABLED_APP(5, "The host disabled the app.", false),
    MEETING_ENDED(6, "The meeting ended.", false),
    STREAM_CANCELED(7, "The stream was cancelled.", false),
    STREAM_REVOKED(8, "Consent was revoked: what was stored of the stream has to be deleted.", false),
    ALL_APPS_DISABLED(9, "The host disabled all apps.", false),
    INTERNAL_EXCEPTION(10, "Zoom had an internal error.", true),
    CONNECTION_TIMEOUT(11, "Nobody connected to the stream in time.", true),
    INSTANCE_CONNECTION_INTERRUPTED(12, "Zoom lost the connection to the meeting.", true),
    SIGNAL_CONNECTION_INTERRUPTED(13, "The signaling connection was interrupted.", true),
    DATA_CONNECTION_INTERRUPTED(14, "The media connection was interrupted.", true),
    SIGNAL_CONNECTION_CLOSED_ABNORMALLY(15, "The signaling connection was closed abnormally.", true),
    DATA_CONNECTION_CLOSED_ABNORMALLY(16, "The media connection was closed abnormally.", true),
    EXIT_SIGNAL(17, "Zoom's server was told to exit.", true),
    AUTHENTICATION_FAILURE(18, "Zoom could not authenticate the app: check client id and secret.", true),
    AWAIT_RECONNECTION_TIMEOUT(19, "Zoom waited for a reconnection in vain.", true),
    RECEIVER_REQUEST_CLOSE(20, "This service closed the stream.", false),
    CUSTOMER_DISCONNECTED(21, "The customer hung up.", false),
    AGENT_DISCONNECTED(22, "The agent hung up.", false),
    ADMIN_DISABLED_APP(23, "The account's administrator disabled the app.", false),
    KEEP_ALIVE_TIMEOUT(24, "Keep-alive requests were not answered in time.", true),
    MANUAL_API_TRIGGERED(25, "The stream was stopped through Zoom's API.", false),
    STREAMING_NOT_SUPPORTED(26, "Streaming is not supported for this engagement.", false),
    UNKNOWN(-1, "Zoom gave a reason that this version does not know.", false);

    private final int number;
    private final String text;
    private final boolean worthRestart;

    StopReason(int number, String text, boolean worthRestart) {
        this.number = number;
        this.text = text;
        this.worthRestart = worthRestart;
    }

    /** Zoom's number; -1 for {@link #UNKNOWN}. */
    public int number() {
        return number;
    }

    /** A sentence for people. */
    public String text() {
        return text;
    }

    /** Whether starting a new stream for the same meeting makes sense: the meeting itself may well go on. */
    public boolean worthRestart() {
        return worthRestart;
    }

    /** The reason with Zoom's number. */
    public static StopReason of(int number) {
        return number >= 0 && number < UNKNOWN.ordinal() ? values()[number] : UNKNOWN;
    }
}
