package io.rtms.simulator;

import java.time.Duration;

/**
 * The time in a meeting, in milliseconds since its start. Faster or slower than the world's where {@code speed} is not 1; time stamps keep
 * the meeting's own pace, so that a sentence of two seconds is two seconds long in the transcript at every speed.
 */
final class MeetingClock {
    private final long startNanos = System.nanoTime();
    private final long startEpochMs = System.currentTimeMillis();
    private final double speed;

    /** Starts now. */
    MeetingClock(double speed) {
        this.speed = speed;
    }

    long nowMs() {
        return toMeetingMs(Duration.ofNanos(System.nanoTime() - startNanos));
    }

    /** How much meeting time passes in a time of the world. */
    long toMeetingMs(Duration realTime) {
        return (long) (realTime.toNanos() / 1e6 * speed);
    }

    /** Zoom's time stamp for a time in the meeting: milliseconds since the epoch. */
    long timestamp(long meetingMs) {
        return startEpochMs + meetingMs;
    }

    /** Waits for this time; returns at once when it has passed. */
    void sleepUntil(long meetingMs) throws InterruptedException {
        long nanos = startNanos + (long) (meetingMs * 1e6 / speed) - System.nanoTime();
        if (nanos > 0) {
            Thread.sleep(Duration.ofNanos(nanos));
        } else if (Thread.interrupted()) {
            throw new InterruptedException();
        }
    }
}
