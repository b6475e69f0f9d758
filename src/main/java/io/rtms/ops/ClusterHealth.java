package io.rtms.ops;

import io.rtms.cluster.Cluster;
import jakarta.inject.Singleton;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
import org.eclipse.microprofile.health.Readiness;

/** Whether Redis can be reached, where nodes share streams by it. While it cannot, webhooks are better sent elsewhere; streams go on. */
@Readiness
@Singleton
class ClusterHealth implements HealthCheck {
    private final Cluster cluster;

    ClusterHealth(Cluster cluster) {
        this.cluster = cluster;
    }

    @Override
    public HealthCheckResponse call() {
        HealthCheckResponseBuilder response = HealthCheckResponse.named("cluster");
        if (!cluster.isEnabled()) {
            return response.withData("cluster", "off: this node is alone").up().build();
        }
        Cluster.State state = cluster.state();
        return response.withData("node", state.node())
                .withData("redis", state.isAway() ? "out of reach: streams go on, webhooks are answered 503" : "ok")
                .withData("streams", state.streams())
                .withData("waiting", state.waiting())
                .status(!state.isAway())
                .build();
    }
}
