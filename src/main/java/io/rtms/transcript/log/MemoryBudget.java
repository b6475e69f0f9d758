package io.rtms.transcript.log;

import java.util.concurrent.atomic.AtomicLong;

/**
 * How many characters the entries of all logs have in memory, and how many they may have. A log that takes an entry beyond that lets go of its own
 * oldest ones. Safe for any thread.
 */
public final class MemoryBudget {
    /** What an entry takes besides its text. */
    private static final int OVERHEAD = 96;

    private final long most;
    private final AtomicLong used = new AtomicLong();

    /** @param most characters at the most */
    public MemoryBudget(long most) {
        this.most = most;
    }

    /** Characters that are in use, with what entries take besides their text. */
    public long used() {
        return used.get();
    }

    /** Whether so little is left that logs of streams which are over should let go of what they have. */
    public boolean isTight() {
        return used.get() > most - most / 8;
    }

    boolean isExceeded() {
        return used.get() > most;
    }

    void take(LogEntry entry) {
        used.addAndGet(weight(entry));
    }

    void give(LogEntry entry) {
        used.addAndGet(-weight(entry));
    }

    private static long weight(LogEntry entry) {
        return entry.json().length() + (long) OVERHEAD;
    }
}
