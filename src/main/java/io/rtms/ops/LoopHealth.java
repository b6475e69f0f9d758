package io.rtms.ops;

import io.rtms.RtmsManager;
import io.rtms.loop.EventLoop;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
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
        boolean up = true;
        for (EventLoop loop : manager.pool().loops()) {
            boolean stuck = isTooLong(loop.pulseAwaited());
            up &= loop.isRunning() && !stuck;
            response.withData(loop.name(), describe(loop, stuck));
        }
        Duration silent = manager.timersSilentFor();
        if (isTooLong(silent)) {
            up = false;
            response.withData("timers", "stuck for %d s".formatted(silent.toSeconds()));
        }
        return response.status(up).build();
    }

    private boolean isTooLong(Duration silence) {
        return silence.compareTo(manager.stuckAfter()) > 0;
    }

    private static String describe(EventLoop loop, boolean stuck) {
        if (!loop.isRunning()) {
            return "ended; restart the service";
        }
        return stuck
                ? "stuck: no sign of life for %d s; take a thread dump and restart the service"
                        .formatted(loop.pulseAwaited().toSeconds())
                : loop.clientCount() + " streams";
    }
}
