package io.rtms.event;

import java.util.Locale;

/** Why frames that Zoom sent were not delivered. */
public enum DropCause {
    /** Observers were too far behind ({@code rtms.stream.mailbox-*}, {@code rtms.stream.patience}). */
    SLOW_OBSERVER,
    /** They had been delivered before: Zoom sends some again after an interruption. */
    REPEATED,
    /**
     * They came while the stream's sockets should have rested, because observers were behind or the process had too little time, and Zoom's SDK cannot be
     * made to wait ({@code rtms.engine=zoom} only). Words are kept, up to a megabyte of them.
     */
    ENGINE;

    /** The cause's name in messages and labels. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
