package io.rtms.ops;

import io.rtms.stream.Credentials;
import jakarta.enterprise.context.ApplicationScoped;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/** Ready once webhooks can be checked and streams signed for. */
@Readiness
@ApplicationScoped
public class CredentialsHealth implements HealthCheck {
    private final Credentials credentials;

    CredentialsHealth(Credentials credentials) {
        this.credentials = credentials;
    }

    @Override
    public HealthCheckResponse call() {
        boolean app =
                credentials.clientId().isPresent() && credentials.clientSecret().isPresent();
        boolean webhook = !credentials.webhookSecrets().isEmpty();
        return HealthCheckResponse.named("credentials")
                .withData("client", app ? "set" : "missing: set ZM_RTMS_CLIENT and ZM_RTMS_SECRET")
                .withData("webhook secret", webhook ? "set" : "missing: set ZM_RTMS_WEBHOOK_SECRET")
                .status(app && webhook)
                .build();
    }
}
