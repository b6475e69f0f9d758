package io.rtms.webhook;

import com.fasterxml.jackson.databind.JsonNode;
import io.rtms.event.Product;
import io.rtms.event.StreamRef;
import io.rtms.http.JsonBody;
import io.rtms.stream.AllowedServers;
import io.rtms.stream.WebhookPayload;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;

/** Reads the body of a webhook (rtms-protocol section 1.2). */
@Singleton
class WebhookReader {
    private static final String URL_VALIDATION = "endpoint.url_validation";

    private final AllowedServers servers;

    WebhookReader(AllowedServers servers) {
        this.servers = servers;
    }

    /**
     * Reads a body.
     *
     * @throws InvalidWebhookException where something is missing or of the wrong form
     */
    Webhook read(byte[] body) throws InvalidWebhookException {
        try {
            return read(JsonBody.object(body));
        } catch (IllegalArgumentException e) {
            throw new InvalidWebhookException(e.getMessage());
        }
    }

    private Webhook read(JsonNode root) {
        String event = WebhookPayload.text("event", root.path("event"));
        return read(event, root.path("event_ts"), new WebhookPayload(root.path("payload")));
    }

    private Webhook read(String event, JsonNode timestamp, WebhookPayload payload) {
        if (event.equals(URL_VALIDATION)) {
            return new Webhook.UrlValidation(event, timestamp.asLong(), payload.json(), payload.text("plainToken"));
        }
        if (!timestamp.isIntegralNumber() || !timestamp.canConvertToLong()) {
            throw new IllegalArgumentException("event_ts is missing or no integer");
        }
        Optional<Product> product = WebhookPayload.productOf(event);
        return product.isEmpty()
                ? new Webhook.Other(event, timestamp.asLong(), payload.json())
                : read(event, timestamp.asLong(), payload, product.get());
    }

    private Webhook read(String event, long timestamp, WebhookPayload payload, Product product) {
        String streamId = payload.streamId();
        if (event.endsWith("rtms_started")) {
            return new Webhook.StreamStarted(
                    event, timestamp, payload.json(), payload.stream(product), serverUrls(payload));
        }
        if (event.endsWith("rtms_stopped")) {
            return new Webhook.StreamStopped(event, timestamp, payload.json(), streamId, payload.stopReason());
        }
        List<String> urls = payload.hasServerUrls() ? serverUrls(payload) : List.of();
        return new Webhook.StreamInterrupted(
                event, timestamp, payload.json(), streamId, stream(payload, product), urls);
    }

    private static Optional<StreamRef> stream(WebhookPayload payload, Product product) {
        try {
            return Optional.of(payload.stream(product));
        } catch (IllegalArgumentException e) {
            return Optional.empty(); // not needed where the stream is known
        }
    }

    private List<String> serverUrls(WebhookPayload payload) {
        List<String> urls = payload.serverUrls();
        try {
            return servers.admit(urls);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("payload." + e.getMessage(), e);
        }
    }
}
