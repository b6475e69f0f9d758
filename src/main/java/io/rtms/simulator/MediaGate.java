package io.rtms.simulator;

import io.rtms.media.MediaType;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** Where players wait for a client's media. Shares the lock of the stream whose connections these are; players may block here. */
final class MediaGate {
    private static final Duration LONGEST_SETTLING = Duration.ofSeconds(5);

    /** Longer than any window and any watchdog of a client. */
    private static final Duration LONGEST_PATIENCE = Duration.ofMinutes(3);

    /** Media that were all lost together may come back in another way, and do so one after the other: those that are not there this long after the last one are not wanted. */
    private static final Duration LONGEST_FOLLOWING = Duration.ofSeconds(3);

    private final ReentrantLock lock;
    private final Condition changed;
    private final MediaConnections media;
    private final boolean patient;
    private boolean wasReady;
    private boolean scriptOver;
    private long lastChangeNanos = System.nanoTime();

    /** @param patient whether a medium that is away at the end of the script is waited for */
    MediaGate(ReentrantLock lock, MediaConnections media, boolean patient) {
        this.lock = lock;
        this.changed = lock.newCondition();
        this.media = media;
        this.patient = patient;
    }

    /** A connection was made or became ready; with the lock. */
    void noteChange(boolean ready) {
        wasReady |= ready;
        lastChangeNanos = System.nanoTime();
        changed.signalAll();
    }

    /** The connection of a medium, if there is one and the client is ready. */
    Optional<Media> find(MediaType type) {
        lock.lock();
        try {
            return media.flowing(type);
        } finally {
            lock.unlock();
        }
    }

    /** Waits until a medium is connected and ready; empty once the script is over and it is not, nor is waited for. */
    Optional<Media> await(MediaType type) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            while (media.flowing(type).isEmpty()) {
                if (!scriptOver) {
                    changed.await();
                } else if (!patient || !awaitBackLocked(type)) {
                    return Optional.empty();
                }
            }
            return media.flowing(type);
        } finally {
            lock.unlock();
        }
    }

    /** Waits, with patience, while a medium is away and may come back; whether it flows then. */
    boolean awaitBack(MediaType type) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            return awaitBackLocked(type);
        } finally {
            lock.unlock();
        }
    }

    private boolean awaitBackLocked(MediaType type) throws InterruptedException {
        long end = System.nanoTime() + LONGEST_PATIENCE.toNanos();
        while (media.flowing(type).isEmpty()) {
            long until = media.isExpected(type) ? end : Math.min(end, lastChangeNanos + LONGEST_FOLLOWING.toNanos());
            long left = until - System.nanoTime();
            if (left <= 0) {
                return false;
            }
            changed.awaitNanos(left);
        }
        return true;
    }

    /** From now on nobody waits for a medium any more. */
    void scriptIsOver() {
        lock.lock();
        try {
            scriptOver = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Waits until any medium is ready; false where that did not happen in time. */
    boolean awaitReady(Duration timeout) throws InterruptedException {
        long left = timeout.toNanos();
        lock.lockInterruptibly();
        try {
            while (!wasReady && left > 0) {
                left = changed.awaitNanos(left);
            }
            return wasReady;
        } finally {
            lock.unlock();
        }
    }

    /** Waits until no media socket is opened any more, so that all hear the first word. */
    void awaitSettled(Duration quiet) throws InterruptedException {
        long end = System.nanoTime() + LONGEST_SETTLING.toNanos() + quiet.toNanos();
        lock.lockInterruptibly();
        try {
            while (true) {
                long now = System.nanoTime();
                boolean pending = media.isPendingAny();
                long left = pending ? end - now : Math.min(end, lastChangeNanos + quiet.toNanos()) - now;
                if (left <= 0) {
                    return;
                }
                changed.await(left, TimeUnit.NANOSECONDS);
            }
        } finally {
            lock.unlock();
        }
    }
}
