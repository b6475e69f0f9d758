package io.rtms.stream;

import java.util.List;
import java.util.Optional;

/**
 * A Zoom app as it is configured: who we are to Zoom, who signs its webhooks, and how its streams connect.
 *
 * @param name its name, {@link JoinRequest#DEFAULT_APP} for the one that is configured without a name
 * @param clientId client id, for the Video SDK its key
 * @param clientSecret client secret, which signs handshakes
 * @param webhookSecrets secret tokens of which any may have signed a webhook, the newest first
 * @param ca PEM file of the certificate authorities to trust; empty for the system's
 * @param verify whether servers' certificates are checked
 * @param proxy {@code http://[user:password@]host:port} of an HTTP proxy that lets us CONNECT
 */
public record App(
        String name,
        Optional<String> clientId,
        Optional<String> clientSecret,
        List<String> webhookSecrets,
        Optional<String> ca,
        boolean verify,
        Optional<String> proxy) {
    public App {
        webhookSecrets = List.copyOf(webhookSecrets);
    }

    /** Whether streams can be signed for. */
    public boolean hasCredentials() {
        return clientId.isPresent() && clientSecret.isPresent();
    }

    /** Whether anything is configured that only Zoom and we know. */
    public boolean hasSecrets() {
        return clientId.isPresent() || clientSecret.isPresent() || !webhookSecrets.isEmpty();
    }

    /** The keys with which client id and secret are set, for messages to people. */
    public String credentialsKeys() {
        return isDefault()
                ? "ZM_RTMS_CLIENT and ZM_RTMS_SECRET (rtms.app.client-id, rtms.app.client-secret)"
                : "rtms.apps.%1$s.client-id and rtms.apps.%1$s.client-secret".formatted(name);
    }

    /** The key with which the secret tokens of its webhooks are set. */
    public String webhookSecretsKey() {
        return isDefault()
                ? "ZM_RTMS_WEBHOOK_SECRET (rtms.webhook.secrets)"
                : "rtms.apps.%s.webhook-secrets".formatted(name);
    }

    private boolean isDefault() {
        return name.equals(JoinRequest.DEFAULT_APP);
    }

    /** Without what is secret. */
    @Override
    public String toString() {
        return "App[name=%s, clientId=%s]".formatted(name, clientId.orElse(""));
    }
}
