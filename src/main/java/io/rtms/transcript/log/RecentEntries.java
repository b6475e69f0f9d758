package io.rtms.transcript.log;

import io.rtms.transcript.log.TranscriptLog.Gap;
import io.rtms.transcript.log.TranscriptLog.GapCause;
import io.rtms.transcript.log.TranscriptLog.Slice;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The newest entries of a log, in memory: a ring that grows up to its limit, of entries and of characters, and as far as the {@link MemoryBudget} of
 * all logs goes. Entry {@code seq} lies in slot {@code seq % ring.length}. Readers hold numbers, never entries, so that one that stalls keeps nothing
 * alive. Safe for any thread; its lock is held for copying references only.
 */
public final class RecentEntries {
    private static final int FIRST_CAPACITY = 64;
    private static final LogEntry[] NOTHING = {};

    /** Words are a few hundred characters; this bounds the memory of one stream where somebody sends megabytes as words. */
    private static final long MOST_CHARACTERS = 32L << 20;

    private final int most;
    private final MemoryBudget budget;
    private final ReentrantLock lock = new ReentrantLock();

    // Written under the lock; lastSeq after its entry, so that whoever sees the number finds the entry.
    private LogEntry[] ring = NOTHING;
    private volatile long firstSeq;
    private volatile long lastSeq;
    private volatile long size;
    private GapCause cause = GapCause.EVICTED;

    /**
     * @param most entries kept at the most
     * @param budget shared with other logs
     * @param lastSeq number of the last entry that there was before; it is not here
     */
    public RecentEntries(int most, MemoryBudget budget, long lastSeq) {
        this.most = most;
        this.budget = budget;
        this.firstSeq = lastSeq + 1;
        this.lastSeq = lastSeq;
    }

    /** Adds the next entry; the oldest one makes room where there is none. */
    void add(LogEntry entry) {
        lock.lock();
        try {
            put(entry);
        } finally {
            lock.unlock();
        }
    }

    /** Forgets every entry and adds this one. What went before is reported with this cause from now on. */
    void replace(LogEntry last, GapCause why) {
        lock.lock();
        try {
            forget();
            cause = why;
            put(last);
        } finally {
            lock.unlock();
        }
    }

    /** Forgets every entry, and goes on after this number. */
    void restart(long last, GapCause why) {
        lock.lock();
        try {
            forget();
            cause = why;
            firstSeq = last + 1;
            lastSeq = last;
        } finally {
            lock.unlock();
        }
    }

    /** Forgets every entry; numbers go on. */
    void release() {
        lock.lock();
        try {
            forget();
        } finally {
            lock.unlock();
        }
    }

    /** As {@link TranscriptLog#read}: the gap is what is no longer here. */
    public Slice read(long after, int limit) {
        if (limit <= 0) {
            return Slice.EMPTY;
        }
        lock.lock();
        try {
            long next = Math.max(after + 1, firstSeq);
            Optional<Gap> gap = next > after + 1 ? Optional.of(new Gap(after + 1, next - 1, cause)) : Optional.empty();
            long end = Math.min(lastSeq, next + limit - 1);
            List<LogEntry> entries = new ArrayList<>((int) Math.max(0, end - next + 1));
            long characters = 0;
            for (long seq = next; seq <= end && characters < TranscriptLog.PAGE_CHARACTERS; seq++) {
                LogEntry entry = ring[slot(seq)];
                entries.add(entry);
                characters += entry.json().length();
            }
            return new Slice(gap, entries);
        } finally {
            lock.unlock();
        }
    }

    /** Number of the oldest entry that is here; one more than {@link #lastSeq()} if there is none. */
    public long firstSeq() {
        return firstSeq;
    }

    /** Number of the newest entry there was. */
    public long lastSeq() {
        return lastSeq;
    }

    /** Characters of the entries that are here and come after a number. */
    long sizeAfter(long after) {
        if (after < firstSeq) {
            return size;
        }
        lock.lock();
        try {
            long characters = 0;
            for (long seq = Math.max(after + 1, firstSeq); seq <= lastSeq; seq++) {
                characters += ring[slot(seq)].json().length();
            }
            return characters;
        } finally {
            lock.unlock();
        }
    }

    private void put(LogEntry entry) {
        long seq = lastSeq + 1;
        if (kept() == ring.length && ring.length < most) {
            grow();
        }
        int length = entry.json().length();
        budget.take(entry);
        while (kept() > 0 && (kept() == ring.length || size + length > MOST_CHARACTERS || budget.isExceeded())) {
            evict();
        }
        ring[slot(seq)] = entry;
        size += length;
        lastSeq = seq;
    }

    private void evict() {
        int slot = slot(firstSeq);
        size -= ring[slot].json().length();
        budget.give(ring[slot]);
        ring[slot] = null;
        firstSeq++;
    }

    private long kept() {
        return lastSeq - firstSeq + 1;
    }

    private void forget() {
        while (kept() > 0) {
            evict();
        }
        ring = NOTHING;
    }

    private void grow() {
        LogEntry[] larger = new LogEntry[(int) Math.min(Math.max(FIRST_CAPACITY, ring.length * 2L), most)];
        for (long seq = firstSeq; seq <= lastSeq; seq++) {
            larger[(int) (seq % larger.length)] = ring[slot(seq)];
        }
        ring = larger;
    }

    private int slot(long seq) {
        return (int) (seq % ring.length);
    }
}
