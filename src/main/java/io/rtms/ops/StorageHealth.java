package io.rtms.ops;

import jakarta.enterprise.context.ApplicationScoped;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
import org.eclipse.microprofile.health.Readiness;

/**
 * Ready once the folders that are to outlive a restart can be written at all: a new version that lost its volume does not take the place of the old one.
 * A disk that fails or fills up later is no reason to send webhooks away, see {@code io.rtms.transcript.TranscriptHealth}.
 */
@Readiness
@ApplicationScoped
public class StorageHealth implements HealthCheck {
    private final Folders folders;

    StorageHealth(Folders folders) {
        this.folders = folders;
    }

    @Override
    public HealthCheckResponse call() {
        HealthCheckResponseBuilder response = HealthCheckResponse.named("storage");
        boolean up = true;
        for (Map.Entry<String, Optional<Path>> folder : folders.all().entrySet()) {
            Optional<String> problem = folder.getValue().flatMap(Folders::problem);
            up &= problem.isEmpty();
            response.withData(
                    folder.getKey(),
                    problem.map(text -> text + "; give it to the user " + System.getProperty("user.name"))
                            .or(() -> folder.getValue().map(Path::toString))
                            .orElse("in memory, as configured"));
        }
        return response.status(up).build();
    }
}
