package io.rtms.transcript;

import io.rtms.transcript.disk.DiskState;
import io.smallrye.health.api.Wellness;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;

/**
 * Well while transcripts are on disk. Neither liveness nor readiness: a disk that is full costs nothing of what is relayed, a service that is
 * restarted or gets no webhooks costs all of it.
 */
@Wellness
@ApplicationScoped
public class TranscriptHealth implements HealthCheck {
    private final TranscriptLogs logs;

    TranscriptHealth(TranscriptLogs logs) {
        this.logs = logs;
    }

    @Override
    public HealthCheckResponse call() {
        HealthCheckResponseBuilder response = HealthCheckResponse.named("transcripts");
        Optional<DiskState> disk = logs.disk();
        if (disk.isEmpty()) {
            return response.up().withData("kept", "in memory, as configured").build();
        }
        DiskState state = disk.get();
        Optional<String> failure = state.failure();
        if (failure.isEmpty()) {
            return response.up().withData("kept", "on disk").build();
        }
        return response.down()
                .withData("kept", "degraded: in memory until the disk takes them")
                .withData("waiting", state.failing().size())
                .withData("failure", failure.get())
                .build();
    }
}
