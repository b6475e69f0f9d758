package io.rtms.ops;

import io.rtms.RtmsManager;
import io.rtms.sdk.NativeLoop;
import jakarta.enterprise.context.ApplicationScoped;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/** Ready while streams are joined: the native library is there, and the service is not on its way down. */
@Readiness
@ApplicationScoped
public class ServiceHealth implements HealthCheck {
    private final RtmsManager manager;

    ServiceHealth(RtmsManager manager) {
        this.manager = manager;
    }

    @Override
    public HealthCheckResponse call() {
        boolean stopping = manager.isStopping();
        return HealthCheckResponse.named("service")
                .withData("engine", NativeLoop.libraryVersion())
                .withData("streams", manager.pool().clientCount())
                .withData("joining", stopping ? "no: the service is on its way down" : "yes")
                .status(!stopping)
                .build();
    }
}
