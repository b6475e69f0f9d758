package io.rtms.simulator;

import io.rtms.stream.App;

/**
 * The credentials of the app that Zoom, that is the simulator, knows as well as the app does.
 *
 * @param clientId client id, part of handshake signatures
 * @param clientSecret client secret, signs handshakes
 * @param secretToken signs webhooks
 */
record AppKeys(String clientId, String clientSecret, String secretToken) {
    /** Throws {@link IllegalStateException} where something is missing. */
    static AppKeys of(App app) {
        if (app.webhookSecrets().isEmpty()) {
            throw new IllegalStateException("The simulator needs rtms.webhook.secrets");
        }
        return new AppKeys(
                app.clientId().orElseThrow(() -> new IllegalStateException("The simulator needs rtms.app.client-id")),
                app.clientSecret()
                        .orElseThrow(() -> new IllegalStateException("The simulator needs rtms.app.client-secret")),
                app.webhookSecrets().getFirst());
    }

    String handshakeSignature(StreamIdentity stream) {
        return Signature.ofHandshake(clientId, clientSecret, stream.id(), stream.streamId());
    }

    @Override
    public String toString() {
        return "AppKeys[clientId=" + clientId + "]";
    }
}
