package io.rtms.ops;

import io.rtms.RtmsManager;
import io.rtms.loop.EventLoop;
import jakarta.enterprise.context.ApplicationScoped;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
import org.eclipse.microprofile.health.Liveness;

/** Alive while every loop turns: a loop that has ended takes its streams with it, and only a restart brings it back. */
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
            up &= loop.isRunning();
            response.withData(loop.name(), loop.isRunning() ? loop.clientCount() + " streams" : "ended");
        }
        return response.status(up).build();
    }
}
