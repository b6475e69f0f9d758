package io.rtms.stream;

import io.rtms.event.StreamRef;
import java.util.List;
import java.util.Objects;

/**
 * What it takes to join a stream.
 *
 * @param stream the stream
 * @param serverUrls signaling servers, tried in order; checked by whoever makes the request
 * @param clientId the app's client id
 * @param clientSecret the app's client secret, of which the signature is made
 */
public record JoinRequest(StreamRef stream, List<String> serverUrls, String clientId, String clientSecret) {
    public JoinRequest {
        Objects.requireNonNull(stream, "stream");
        Objects.requireNonNull(clientId, "clientId");
        Objects.requireNonNull(clientSecret, "clientSecret");
        serverUrls = List.copyOf(serverUrls);
        if (serverUrls.isEmpty()) {
            throw new IllegalArgumentException("serverUrls is empty");
        }
    }

    /** Without the secret. */
    @Override
    public String toString() {
        return "JoinRequest[stream=%s, serverUrls=%s]".formatted(stream, serverUrls);
    }
}
