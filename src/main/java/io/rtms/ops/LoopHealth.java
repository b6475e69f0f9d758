package io.rtms.ops;

import io.rtms.LoopWatch;
import io.rtms.RtmsManager;
import io.rtms.loop.EventLoop;
import jakarta.enterprise.context.ApplicationScoped;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
import org.eclipse.microprofile.health.Liveness;

/**
 * Alive while every loop turns and the timers run: one that has ended or is stuck takes its streams with it, and only a restart brings it back. Whether
 * a loop turns is known by its signs of life, which take the way of commands and frames.
 */
@Liveness
@ApplicationScoped
public class LoopHealth implements HealthCheck {
    private final RtmsManager manager;

    LoopHealth(RtmsManager manager) {
        this.manager = manager;
    }

    @Override
    public HealthCheckResponse call() {
        HealthCheckResponseBuilder response = HealthCheckResponse.named("loops");
        LoopWatch watch = manager.watch();
        boolean up = true;
        for (EventLoop loop : manager.pool().loops()) {
            boolean stuck = watch.isStuck(loop);
            up &= loop.isRunning() && !stuck;
            response.withData(loop.name(), describe(loop, stuck));
        }
        if (watch.areTimersStuck()) {
            up = false;
            response.withData(
                    "timers",
                    "stuck for %d s; restart the service"
                            .formatted(watch.timersSilentFor().toSeconds()));
        }
        return response.status(up).build();
    }

    private static String describe(EventLoop loop, boolean stuck) {
        if (!loop.isRunning()) {
            return "ended; restart the service";
        }
        return stuck
                ? "stuck: no sign of life for %d s; take a thread dump and restart the service"
                        .formatted(loop.pulseAwaited().toSeconds())
                : loop.clientCount() + " streams"
                        + (loop.isIsolated()
                                ? ", process %d, %d restarts".formatted(loop.process(), loop.restarts())
                                : "");
    }
}
