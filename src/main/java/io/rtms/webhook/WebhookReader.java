package io.rtms.webhook;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.rtms.event.Product;
import io.rtms.event.StopReason;
import io.rtms.event.StreamRef;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/**
 * Reads the body of a webhook (rtms-protocol section 1.2): fields stand in {@code payload}, else in {@code payload.object}. Depth is bounded here,
 * size by whoever reads the body.
 */
@Singleton
class WebhookReader {
    private static final int MOST_DEPTH = 32;
    /** Ids are some 20 to 40 characters; this leaves room and bounds file names, labels and log lines. */
    private static final int MOST_ID = 256;

    private static final String URL_VALIDATION = "endpoint.url_validation";

    private static final ObjectMapper JSON = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(MOST_DEPTH)
                            .build())
                    .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
                    .build())
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private final ServerUrls serverUrls;

    WebhookReader(ServerUrls serverUrls) {
        this.serverUrls = serverUrls;
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
        return read(event.asText(), root.path("event_ts"), root.path("payload"));
    }

    private Webhook read(String event, JsonNode timestamp, JsonNode payload) throws InvalidWebhookException {
        if (!payload.isObject()) {
            throw new InvalidWebhookException("payload is missing or no object");
        }
        if (event.equals(URL_VALIDATION)) {
            return new Webhook.UrlValidation(event, timestamp.asLong(), payload, text(payload, "plainToken"));
        }
        if (!timestamp.isIntegralNumber() || !timestamp.canConvertToLong()) {
            throw new InvalidWebhookException("event_ts is missing or no integer");
        }
        return readStreamEvent(event, timestamp.asLong(), payload);
    }

    private Webhook readStreamEvent(String event, long timestamp, JsonNode payload) throws InvalidWebhookException {
        Optional<Product> product = product(event);
        if (product.isEmpty()) {
            return new Webhook.Other(event, timestamp, payload);
        }
        String streamId = text(payload, "rtms_stream_id");
        if (event.endsWith("rtms_started")) {
            StreamRef stream = new StreamRef(streamId, product.get(), id(payload, product.get()));
            return new Webhook.StreamStarted(
                    event, timestamp, payload, stream, serverUrls.read(field(payload, "server_urls")));
        }
        if (event.endsWith("rtms_stopped")) {
            StopReason reason = StopReason.of(field(payload, "stop_reason").asInt(0));
            return new Webhook.StreamStopped(event, timestamp, payload, streamId, reason);
        }
        JsonNode urls = field(payload, "server_urls");
        return new Webhook.StreamInterrupted(
                event, timestamp, payload, streamId, urls.isMissingNode() ? List.of() : serverUrls.read(urls));
    }

    /** The product of an event about a stream: {@code meeting.rtms_started}, {@code contact_center.voice_rtms_stopped}. */
    private static Optional<Product> product(String event) {
        String[] parts = event.split("\\.", 2);
        if (parts.length < 2) {
            return Optional.empty();
        }
        return switch (parts[1]) {
            case "rtms_started", "rtms_stopped", "rtms_interrupted" -> Product.ofEventPrefix(parts[0]);
            case "voice_rtms_started", "voice_rtms_stopped", "voice_rtms_interrupted" ->
                parts[0].equals(Product.CONTACT_CENTER.eventPrefix())
                        ? Optional.of(Product.CONTACT_CENTER)
                        : Optional.empty();
            default -> Optional.empty();
        };
    }

    /** A webinar's id may stand under the meeting's name. */
    private static String id(JsonNode payload, Product product) throws InvalidWebhookException {
        boolean underMeeting = product == Product.WEBINAR
                && field(payload, product.idKey()).isMissingNode()
                && !field(payload, Product.MEETING.idKey()).isMissingNode();
        return text(payload, underMeeting ? Product.MEETING.idKey() : product.idKey());
    }

    private static JsonNode field(JsonNode payload, String name) {
        JsonNode flat = payload.path(name);
        return flat.isMissingNode() ? payload.path("object").path(name) : flat;
    }

    private static String text(JsonNode payload, String name) throws InvalidWebhookException {
        JsonNode node = field(payload, name);
        if (!node.isTextual() || node.asText().isEmpty()) {
            throw new InvalidWebhookException("payload.%s is missing or no string".formatted(name));
        }
        if (node.asText().length() > MOST_ID) {
            throw new InvalidWebhookException("payload.%s is longer than %d characters".formatted(name, MOST_ID));
        }
        return node.asText();
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
