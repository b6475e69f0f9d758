package io.rtms.transcript;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;

/**
 * A log in memory: a ring of the newest entries that grows up to its limit. Entry {@code seq} lies in slot {@code seq % ring.length}. Readers
 * hold numbers, never entries, so that one that stalls keeps nothing alive.
 */
final class MemoryLog implements TranscriptLog {
    private static final int FIRST_CAPACITY = 64;

    private final String streamId;
    private final int maxEntries;
    private final Set<Runnable> listeners = ConcurrentHashMap.newKeySet();
    private final ReentrantLock lock = new ReentrantLock();

    // Written under the lock; lastSeq after its entry, so that whoever sees the number finds the entry.
    private LogEntry[] ring;
    private volatile long firstSeq = 1;
    private volatile long lastSeq;
    private volatile boolean retired;
    private boolean revoked;

    MemoryLog(String streamId, int maxEntries) {
        this.streamId = streamId;
        this.maxEntries = maxEntries;
        this.ring = new LogEntry[Math.min(FIRST_CAPACITY, maxEntries)];
    }

    @Override
    public String streamId() {
        return streamId;
    }

    @Override
    public long append(TranscriptEntry entry) {
        long seq;
        lock.lock();
        try {
            if (revoked || retired) {
                return 0;
            }
            seq = add(entry);
        } finally {
            lock.unlock();
        }
        listeners.forEach(Runnable::run);
        return seq;
    }

    @Override
    public Slice read(long after, int limit) {
        lock.lock();
        try {
            long next = Math.max(after + 1, firstSeq);
            Optional<Gap> gap = next > after + 1
                    ? Optional.of(new Gap(after + 1, next - 1, revoked ? GapCause.REVOKED : GapCause.EVICTED))
                    : Optional.empty();
            long end = Math.min(lastSeq, next + limit - 1);
            List<LogEntry> entries = new ArrayList<>((int) Math.max(0, end - next + 1));
            for (long seq = next; seq <= end; seq++) {
                entries.add(ring[slot(seq)]);
            }
            return new Slice(gap, entries);
        } finally {
            lock.unlock();
        }
    }

    @Override
    public long firstSeq() {
        return firstSeq;
    }

    @Override
    public long lastSeq() {
        return lastSeq;
    }

    @Override
    public void revoke(TranscriptEntry.Status last) {
        lock.lock();
        try {
            if (revoked) {
                return;
            }
            revoked = true;
            Arrays.fill(ring, null);
            firstSeq = lastSeq + 1;
            add(last);
        } finally {
            lock.unlock();
        }
        listeners.forEach(Runnable::run);
    }

    @Override
    public void retire() {
        lock.lock();
        try {
            retired = true;
        } finally {
            lock.unlock();
        }
        listeners.forEach(Runnable::run);
    }

    @Override
    public boolean isRetired() {
        return retired;
    }

    @Override
    public void addListener(Runnable listener) {
        listeners.add(listener);
    }

    @Override
    public void removeListener(Runnable listener) {
        listeners.remove(listener);
    }

    private long add(TranscriptEntry entry) {
        long seq = lastSeq + 1;
        long kept = lastSeq - firstSeq + 1;
        if (kept == ring.length && ring.length < maxEntries) {
            grow();
        }
        if (kept == ring.length) {
            firstSeq++;
        }
        ring[slot(seq)] = EntryJson.number(streamId, seq, entry);
        lastSeq = seq;
        return seq;
    }

    private void grow() {
        LogEntry[] larger = new LogEntry[(int) Math.min(ring.length * 2L, maxEntries)];
        for (long seq = firstSeq; seq <= lastSeq; seq++) {
            larger[(int) (seq % larger.length)] = ring[slot(seq)];
        }
        ring = larger;
    }

    private int slot(long seq) {
        return (int) (seq % ring.length);
    }
}
