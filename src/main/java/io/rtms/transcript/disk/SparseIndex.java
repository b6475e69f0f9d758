package io.rtms.transcript.disk;

import java.util.Arrays;
import java.util.concurrent.locks.ReentrantLock;

/** Where some lines of a file begin, one in {@link #STEP}: enough to find any entry by reading a few lines. Safe for any thread. */
final class SparseIndex {
    static final int STEP = 64;

    private final ReentrantLock lock = new ReentrantLock();
    private long[] seqs = new long[4];
    private long[] offsets = new long[4];
    private int size;

    /** Notes where a line begins; each further than the last. */
    void add(long seq, long offset) {
        lock.lock();
        try {
            if (size == seqs.length) {
                seqs = Arrays.copyOf(seqs, 2 * size);
                offsets = Arrays.copyOf(offsets, 2 * size);
            }
            seqs[size] = seq;
            offsets[size] = offset;
            size++;
        } finally {
            lock.unlock();
        }
    }

    /** Where a line begins that is not after this entry's, and not long before it. */
    long find(long seq) {
        lock.lock();
        try {
            int found = Arrays.binarySearch(seqs, 0, size, seq);
            int before = found >= 0 ? found : -found - 2;
            return before < 0 ? 0 : offsets[before];
        } finally {
            lock.unlock();
        }
    }

    /** Forgets lines from this offset on. */
    void cut(long offset) {
        lock.lock();
        try {
            while (size > 0 && offsets[size - 1] >= offset) {
                size--;
            }
        } finally {
            lock.unlock();
        }
    }
}
