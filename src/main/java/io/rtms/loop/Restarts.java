package io.rtms.loop;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * When an isolated loop's process is started again: at once, and after pauses that double where it does not last. {@link #pause} is for the loop's
 * reader, the others for any thread.
 */
final class Restarts {
    /** A process that has run for so long counts as sound. */
    private static final Duration SOUND = Duration.ofSeconds(10);
    /** More crashes than this in a row, each within {@link #SOUND} of the last, and there is a pause. */
    private static final int PATIENCE = 3;

    private static final Duration FIRST = Duration.ofMillis(500);
    private static final Duration MOST = Duration.ofSeconds(30);

    private final CountDownLatch stopped = new CountDownLatch(1);
    private long startedAt = System.nanoTime();
    private int inARow;
    private volatile int count;

    /** How long to wait before the next start, after an end or a start that failed. */
    Duration next(long now) {
        inARow = now - startedAt >= SOUND.toNanos() ? 0 : inARow + 1;
        if (inARow <= PATIENCE) {
            return Duration.ZERO;
        }
        Duration pause = FIRST.multipliedBy(1L << Math.min(inARow - PATIENCE - 1, 10));
        return pause.compareTo(MOST) > 0 ? MOST : pause;
    }

    /**
     * Waits until it is time for the next start.
     *
     * @return false where there is to be none any more
     */
    boolean pause() throws InterruptedException {
        return !stopped.await(next(System.nanoTime()).toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Another one runs. */
    void started() {
        startedAt = System.nanoTime();
        count++;
    }

    /** None is to be started any more. */
    void stop() {
        stopped.countDown();
    }

    /** How many others have been started. */
    int count() {
        return count;
    }
}
