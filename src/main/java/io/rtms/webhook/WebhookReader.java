package io.rtms.webhook;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.rtms.event.Product;
import io.rtms.stream.AllowedServers;
import io.rtms.stream.WebhookPayload;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** Reads the body of a webhook (rtms-protocol section 1.2). Depth is bounded here, size by whoever reads the body. */
@Singleton
class WebhookReader {
    private static final int MOST_DEPTH = 32;

    private static final String URL_VALIDATION = "endpoint.url_validation";

    private static final ObjectMapper JSON = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(MOST_DEPTH)
                            .build())
                    .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
                    .build())
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

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
        JsonNode root = parse(body);
        JsonNode event = root.path("event");
        if (!event.isTextual() || event.asText().isEmpty()) {
            throw new InvalidWebhookException("event is missing or no string");
        }
        try {
            return read(event.asText(), root.path("event_ts"), new WebhookPayload(root.path("payload")));
        } catch (IllegalArgumentException e) {
            throw new InvalidWebhookException(e.getMessage());
        }
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
        return new Webhook.StreamInterrupted(event, timestamp, payload.json(), streamId, urls);
    }

    private List<String> serverUrls(WebhookPayload payload) {
        List<String> urls = payload.serverUrls();
        try {
            return servers.admit(urls);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("payload." + e.getMessage(), e);
        }
    }

    private static JsonNode parse(byte[] body) throws InvalidWebhookException {
        try {
            JsonNode root = JSON.readTree(body);
            if (root == null || !root.isObject()) {
                throw new InvalidWebhookException("the body is no JSON object");
            }
            return root;
        } catch (IOException e) {
            throw new InvalidWebhookException("the body is not JSON, or is nested deeper than " + MOST_DEPTH);
        }
    }
}
