package io.rtms.event;

/** State of a session within a stream (rtms-protocol section 10.5). */
public enum SessionState {
    INACTIVE,
    INITIALIZE,
    STARTED,
    PAUSED,
    RESUMED,
    STOPPED,
    UNKNOWN;

    /** The state with Zoom's number. */
    public static SessionState of(int number) {
        return number >= 0 && number < UNKNOWN.ordinal() ? values()[number] : UNKNOWN;
    }
}
