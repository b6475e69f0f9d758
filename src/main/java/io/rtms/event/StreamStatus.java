package io.rtms.event;

import io.rtms.media.WireNumber;

/** State of a stream as Zoom sees it (rtms-protocol section 10.6); as the service sees it: {@link StreamState}. */
public enum StreamStatus implements WireNumber {
    INACTIVE(0),
    ACTIVE(1),
    INTERRUPTED(2),
    TERMINATING(3),
    TERMINATED(4),
    PAUSED(5),
    RESUMED(6),
    /** A number that this version does not know. */
    UNKNOWN(-1);

    private final int number;

    StreamStatus(int number) {
        this.number = number;
    }

    @Override
    public int number() {
        return number;
    }

    /** The value with Zoom's number. */
    public static StreamStatus of(int number) {
        return WireNumber.of(values(), number, UNKNOWN);
    }
}
