package io.rtms;

import java.time.Duration;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * What is under way at once, bounded in number and in weight. Whoever has one more waits for its place, whatever interrupts it. What is heavier than
 * the whole bound goes alone. Safe for any thread.
 */
final class UnderWay {
    private final int most;
    private final long mostWeight;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private int number;
    private long weight;

    /**
     * @param most how many at once, at least 1
     * @param mostWeight how heavy they may be together
     */
    UnderWay(int most, long mostWeight) {
        if (most < 1) {
            throw new IllegalArgumentException("at least one has to be let through, not " + most);
        }
        this.most = most;
        this.mostWeight = mostWeight;
    }

    /** Takes a place, waiting for it where there is none. */
    void begin(long itsWeight) {
        lock.lock();
        try {
            while (number >= most || number > 0 && weight + itsWeight > mostWeight) {
                changed.awaitUninterruptibly();
            }
            number++;
            weight += itsWeight;
        } finally {
            lock.unlock();
        }
    }

    /** Gives a place back. */
    void end(long itsWeight) {
        lock.lock();
        try {
            number--;
            weight -= itsWeight;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Waits until nothing is under way any more; false where the time was not enough, or this thread was interrupted. */
    boolean awaitNone(Duration timeout) {
        lock.lock();
        try {
            long left = timeout.toNanos();
            while (number > 0 && left > 0) {
                left = changed.awaitNanos(left);
            }
            return number == 0;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        } finally {
            lock.unlock();
        }
    }

    /** Waits until nothing is under way any more, whatever interrupts this thread. */
    void awaitNone() {
        lock.lock();
        try {
            while (number > 0) {
                changed.awaitUninterruptibly();
            }
        } finally {
            lock.unlock();
        }
    }
}
