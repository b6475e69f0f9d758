package io.rtms.event;

import java.util.Locale;

/**
 * Where a stream stands, as observers and relay clients see it.
 *
 * <pre>
 *   JOINING --> LIVE --> INTERRUPTED --> RESUMED --> INTERRUPTED ...
 *      |          |           |             |
 *      +----------+-----+-----+-------------+
 *                       v
 *                ENDED or FAILED
 * </pre>
 */
public enum StreamState {
    /** Connecting for the first time. */
    JOINING,
    /** Media flows. */
    LIVE,
    /** The connection is lost, attempts to get it back go on. */
    INTERRUPTED,
    /** Media flows again after an interruption. */
    RESUMED,
    /** Over, as somebody wanted it. */
    ENDED,
    /** Over, because it could not be joined or got back. */
    FAILED;

    /** Nothing follows after this state. */
    public boolean isFinal() {
        return this == ENDED || this == FAILED;
    }

    /** The state's name in messages and labels. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
