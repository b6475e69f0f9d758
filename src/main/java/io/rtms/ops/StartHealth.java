package io.rtms.ops;

import io.rtms.RtmsManager;
import io.rtms.ServiceStarted;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.interceptor.Interceptor;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
import org.eclipse.microprofile.health.Startup;

/** Started once transcripts are read in and the streams of before the restart are on their way back. */
@Startup
@ApplicationScoped
public class StartHealth implements HealthCheck {
    private final RtmsManager manager;
    private volatile Optional<Instant> startedAt = Optional.empty();
    private volatile long joinedAgain;

    StartHealth(RtmsManager manager) {
        this.manager = manager;
    }

    /** Last of all. */
    void onStarted(@Observes @Priority(Interceptor.Priority.PLATFORM_AFTER) ServiceStarted event) {
        joinedAgain = manager.pool().clientCount();
        startedAt = Optional.of(Instant.now());
    }

    @Override
    public HealthCheckResponse call() {
        HealthCheckResponseBuilder response = HealthCheckResponse.named("started");
        if (startedAt.isEmpty()) {
            return response.down().withData("state", "transcripts are read in").build();
        }
        Duration took = ProcessHandle.current()
                .info()
                .startInstant()
                .map(begun -> Duration.between(begun, startedAt.get()))
                .orElse(Duration.ZERO);
        return response.up()
                .withData("at", startedAt.get().truncatedTo(ChronoUnit.MILLIS).toString())
                .withData("milliseconds", Math.max(0, took.toMillis()))
                .withData("joinedAgain", joinedAgain)
                .build();
    }
}
