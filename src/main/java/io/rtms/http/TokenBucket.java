package io.rtms.http;

import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * So many at once, and then one more after each interval, whoever asks: a limit in constant memory. Safe for any thread, never waits.
 */
public final class TokenBucket {
    private final long interval;
    private final long slack;
    private final LongSupplier nanos;
    /** When the bucket will be full again, in the time of {@link #nanos}. */
    private long fullAt;

    /**
     * A full bucket.
     *
     * @param burst how many may come at once, at least 1
     * @param interval after which one more may come
     */
    public TokenBucket(int burst, Duration interval) {
        this(burst, interval, System::nanoTime);
    }

    /** @param nanos a clock as {@link System#nanoTime()} */
    public TokenBucket(int burst, Duration interval, LongSupplier nanos) {
        if (burst < 1 || interval.isNegative()) {
            throw new IllegalArgumentException("a bucket holds at least 1, and is filled in time");
        }
        this.interval = interval.toNanos();
        this.slack = Math.multiplyExact(this.interval, burst - 1L);
        this.nanos = nanos;
        this.fullAt = nanos.getAsLong();
    }

    /**
     * Takes one out.
     *
     * @return zero if there was one, else how long until there is
     */
    public synchronized Duration take() {
        long now = nanos.getAsLong();
        long missing = Math.max(0, fullAt - now);
        if (missing > slack) {
            return Duration.ofNanos(missing - slack);
        }
        fullAt = now + missing + interval;
        return Duration.ZERO;
    }
}
