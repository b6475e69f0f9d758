package io.rtms.ops;

import io.rtms.stream.App;
import io.rtms.stream.Apps;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
import org.eclipse.microprofile.health.Readiness;

/**
 * Ready once webhooks can be checked and streams signed for, for every app that is configured: a new version that lost one app's secrets does
 * not take the place of the old one. The default app may be left out where there are others.
 */
@Readiness
@ApplicationScoped
public class CredentialsHealth implements HealthCheck {
    private final Apps apps;

    CredentialsHealth(Apps apps) {
        this.apps = apps;
    }

    @Override
    public HealthCheckResponse call() {
        HealthCheckResponseBuilder response = HealthCheckResponse.named("credentials");
        boolean up = true;
        for (App app : apps.used()) {
            List<String> missing = missing(app);
            up &= missing.isEmpty();
            response.withData(app.name(), missing.isEmpty() ? "set" : "missing: set " + String.join(" and ", missing));
        }
        return response.status(up).build();
    }

    private static List<String> missing(App app) {
        List<String> missing = new ArrayList<>();
        if (!app.hasCredentials()) {
            missing.add(app.credentialsKeys());
        }
        if (app.webhookSecrets().isEmpty()) {
            missing.add(app.webhookSecretsKey());
        }
        return missing;
    }
}
