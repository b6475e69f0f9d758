package io.rtms;

import io.rtms.loop.EventLoop;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Looks every few seconds at whether loops turn, and ends the process of one that is stuck in its own, from the thread of the timers, which is so watched too. For any thread. */
public final class LoopWatch {
    private static final Duration PERIOD = Duration.ofSeconds(5);

    /** For the next look at a loop that is stuck, and for the start of another process. */
    private static final Duration RESTART = PERIOD.multipliedBy(2);

    private final List<EventLoop> loops;
    private final Duration stuckAfter;
    private volatile long lookedAt = System.nanoTime();

    /** @param stuckAfter without a sign of life for so long something is stuck */
    LoopWatch(List<EventLoop> loops, Duration stuckAfter) {
        this.loops = loops;
        this.stuckAfter = stuckAfter.compareTo(PERIOD) > 0 ? stuckAfter : PERIOD;
    }

    LoopWatch start(ScheduledExecutorService timers) {
        timers.scheduleAtFixedRate(this::look, 0, PERIOD.toMillis(), TimeUnit.MILLISECONDS);
        return this;
    }

    private void look() {
        lookedAt = System.nanoTime();
        for (EventLoop loop : loops) {
            if (loop.isIsolated() && isTooLong(loop.pulseAwaited())) {
                loop.kill();
            }
            loop.watch();
        }
    }

    /** Whether a loop gives no sign of life, and an isolated one not even after its process was ended. */
    public boolean isStuck(EventLoop loop) {
        Duration awaited = loop.pulseAwaited();
        return isTooLong(loop.isIsolated() ? awaited.minus(RESTART) : awaited);
    }

    /** How long nothing has happened by the clock (attempts, limits); some seconds while all is well. */
    public Duration timersSilentFor() {
        return Duration.ofNanos(System.nanoTime() - lookedAt);
    }

    /** Whether nothing happens by the clock any more. */
    public boolean areTimersStuck() {
        return isTooLong(timersSilentFor().minus(PERIOD));
    }

    private boolean isTooLong(Duration silence) {
        return silence.compareTo(stuckAfter) > 0;
    }
}
