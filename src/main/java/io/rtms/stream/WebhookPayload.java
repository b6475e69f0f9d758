package io.rtms.stream;

import com.fasterxml.jackson.databind.JsonNode;
import io.rtms.event.Product;
import io.rtms.event.StopReason;
import io.rtms.event.StreamRef;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The fields of a webhook about a stream (rtms-protocol section 1.2), each in {@code payload} or else in {@code payload.object}. Read here for
 * the webhook's door, for the API and for programs alike. Unless said otherwise a method throws {@link IllegalArgumentException} where its
 * field is missing or of the wrong form, with a message that begins with the field's name.
 *
 * @param json the {@code payload} object
 */
public record WebhookPayload(JsonNode json) {
    /** Ids are some 20 to 40 characters; this leaves room and bounds file names, labels and log lines. */
    private static final int MOST_ID = 256;

    /** What could begin a line of its own in a log, or move the cursor of whoever reads it. */
    private static final Pattern CONTROL = Pattern.compile("[\\p{Cc}\\p{Zl}\\p{Zp}]");

    private static final String SERVER_URLS = "server_urls";

    /** @throws IllegalArgumentException where it is no object */
    public WebhookPayload {
        if (json == null || !json.isObject()) {
            throw new IllegalArgumentException("payload is missing or no object");
        }
    }

    /** The product that an event about a stream belongs to: {@code meeting.rtms_started}, {@code contact_center.voice_rtms_stopped}. */
    public static Optional<Product> productOf(String event) {
        String[] parts = event.split("\\.", 2);
        if (parts.length < 2) {
            return Optional.empty();
        }
        return switch (parts[1]) {
            case "rtms_started", "rtms_stopped", "rtms_interrupted" -> Product.ofEventPrefix(parts[0]);
            case "voice_rtms_started", "voice_rtms_stopped", "voice_rtms_interrupted" ->
                Product.ofEventPrefix(parts[0]).filter(Product.CONTACT_CENTER::equals);
            default -> Optional.empty();
        };
    }

    /** The product whose id is there; a webinar's where a meeting's stands beside it. */
    public Product product() {
        List<Product> named = Arrays.stream(Product.values())
                .filter(product -> has(product.idKey()))
                .toList();
        if (named.isEmpty()) {
            throw new IllegalArgumentException("payload has none of "
                    + Arrays.stream(Product.values()).map(Product::idKey).collect(Collectors.joining(", ")));
        }
        return named.contains(Product.WEBINAR) ? Product.WEBINAR : named.getFirst();
    }

    /** {@code rtms_stream_id}. */
    public String streamId() {
        return text("rtms_stream_id");
    }

    /** The stream, with the id by which this product names it; a webinar's may stand under the meeting's name. */
    public StreamRef stream(Product product) {
        boolean underMeeting = product == Product.WEBINAR && !has(product.idKey()) && has(Product.MEETING.idKey());
        return new StreamRef(streamId(), product, text(underMeeting ? Product.MEETING.idKey() : product.idKey()));
    }

    /** Whether servers are named at all. */
    public boolean hasServerUrls() {
        return has(SERVER_URLS);
    }

    /** The servers in order, as they are named: in one string with commas, or in an array. Whether they may be dialled is not said. */
    public List<String> serverUrls() {
        JsonNode node = field(SERVER_URLS);
        List<String> urls = new ArrayList<>();
        if (node.isTextual()) {
            urls.addAll(List.of(node.asText().split(",")));
        } else if (node.isArray()) {
            node.forEach(entry -> urls.add(entry.asText()));
        } else {
            throw new IllegalArgumentException("payload.server_urls is missing or no string");
        }
        return urls.stream().map(String::strip).filter(url -> !url.isEmpty()).toList();
    }

    /** Why the stream was stopped; {@link StopReason#UNDEFINED} where that is not told. */
    public StopReason stopReason() {
        return StopReason.of(field("stop_reason").asInt(0));
    }

    /** A text of at most 256 characters, none of them a control character. */
    public String text(String name) {
        return text("payload." + name, field(name));
    }

    /**
     * The same for any field of a webhook.
     *
     * @param name of the field, for the message
     */
    public static String text(String name, JsonNode node) {
        if (!node.isTextual() || node.asText().isEmpty()) {
            throw new IllegalArgumentException("%s is missing or no string".formatted(name));
        }
        if (node.asText().length() > MOST_ID) {
            throw new IllegalArgumentException("%s is longer than %d characters".formatted(name, MOST_ID));
        }
        if (CONTROL.matcher(node.asText()).find()) {
            throw new IllegalArgumentException("%s has a control character".formatted(name));
        }
        return node.asText();
    }

    /** Any field; a missing node where it is not there. */
    public JsonNode field(String name) {
        JsonNode flat = json.path(name);
        return flat.isMissingNode() ? json.path("object").path(name) : flat;
    }

    private boolean has(String name) {
        return !field(name).isMissingNode();
    }
}
