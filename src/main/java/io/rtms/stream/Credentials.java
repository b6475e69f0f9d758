package io.rtms.stream;

import io.smallrye.config.ConfigMapping;
import jakarta.inject.Singleton;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * Who we are to Zoom: the app's client id and secret for joining, and the secrets that sign its webhooks. Where none are configured and the
 * simulator runs, random ones are made that only this process knows, so that trying things out needs no Zoom account and opens no door.
 */
@Singleton
public class Credentials {
    private final Optional<String> clientId;
    private final Optional<String> clientSecret;
    private final List<String> webhookSecrets;

    Credentials(
            AppConfig app,
            @ConfigProperty(name = "rtms.webhook.secrets") Optional<List<String>> webhookSecrets,
            @ConfigProperty(name = "rtms.simulator.enabled", defaultValue = "false") boolean simulated) {
        this.clientId = app.clientId().or(() -> simulated ? Optional.of("simulated-client") : Optional.empty());
        this.clientSecret = app.clientSecret().or(() -> simulated ? Optional.of(random()) : Optional.empty());
        this.webhookSecrets = webhookSecrets.orElseGet(() -> simulated ? List.of(random()) : List.of());
    }

    /** The app's client id (for the Video SDK its key); empty where nothing is configured. */
    public Optional<String> clientId() {
        return clientId;
    }

    /** The app's client secret, which signs handshakes; empty where nothing is configured. */
    public Optional<String> clientSecret() {
        return clientSecret;
    }

    /** Secret tokens of which any may have signed a webhook, the newest first; empty where nothing is configured. */
    public List<String> webhookSecrets() {
        return webhookSecrets;
    }

    private static String random() {
        byte[] bytes = new byte[32];
        new SecureRandom().nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }

    /** The app's own credentials. */
    @ConfigMapping(prefix = "rtms.app")
    interface AppConfig {
        /** Client id, or the Video SDK's key. */
        Optional<String> clientId();

        /** Client secret, or the Video SDK's secret. */
        Optional<String> clientSecret();
    }
}
