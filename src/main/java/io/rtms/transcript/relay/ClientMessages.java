package io.rtms.transcript.relay;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.rtms.transcript.log.EntryKind;
import io.rtms.transcript.relay.ClientMessage.Ping;
import io.rtms.transcript.relay.ClientMessage.Start;
import io.rtms.transcript.relay.ClientMessage.Subscribe;
import io.rtms.transcript.relay.ClientMessage.Unsubscribe;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Reads what clients send: messages, and the parameters of URLs. Bounded in size and depth, and silent about nothing that it rejects. */
final class ClientMessages {
    /** Characters of a message at the most. */
    static final int MAX_LENGTH = 16 * 1024;

    /** Characters of a stream id at the most; Zoom's have some 30. */
    private static final int MAX_ID_LENGTH = 512;

    private static final int MAX_DEPTH = 8;
    private static final int MAX_NUMBER_LENGTH = 32;

    private static final ObjectReader READER = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(MAX_DEPTH)
                            .maxNumberLength(MAX_NUMBER_LENGTH)
                            .build())
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .build())
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build()
            .reader();

    private ClientMessages() {}

    /** Reads a message. */
    static ClientMessage parse(String text) throws BadMessage {
        JsonNode message = object(text);
        JsonNode type = message.path("type");
        return switch (type.isTextual() ? type.textValue() : "") {
            case "subscribe" -> subscribe(message);
            case "unsubscribe" -> new Unsubscribe(streamId(message));
            case "ping" -> new Ping();
            default -> throw BadMessage.mistake("type must be subscribe, unsubscribe or ping");
        };
    }

    /** Reads the subscription in a URL, {@code ?stream=&after=&tail=&kinds=}; empty if it has no stream. */
    static Optional<Subscribe> parseQuery(Map<String, List<String>> query) throws BadMessage {
        String stream = first(query, "stream");
        if (stream == null) {
            return Optional.empty();
        }
        return Optional.of(subscribe(stream, first(query, "after"), first(query, "tail"), first(query, "kinds")));
    }

    /**
     * Reads a subscription from texts.
     *
     * @param kinds labels, comma separated; null for all
     */
    static Subscribe subscribe(String stream, String after, String tail, String kinds) throws BadMessage {
        Set<EntryKind> chosen = kinds == null ? EnumSet.allOf(EntryKind.class) : kinds(Arrays.asList(kinds.split(",")));
        return subscribe(stream, number("after", after), number("tail", tail), chosen);
    }

    private static JsonNode object(String text) throws BadMessage {
        if (text.length() > MAX_LENGTH) {
            throw BadMessage.gibberish("a message may have " + MAX_LENGTH + " characters");
        }
        JsonNode message;
        try {
            message = READER.readTree(text);
        } catch (JsonProcessingException e) {
            throw BadMessage.gibberish("a message must be one JSON object, at most " + MAX_DEPTH + " levels deep");
        }
        if (!message.isObject()) {
            throw BadMessage.gibberish("a message must be a JSON object");
        }
        return message;
    }

    /** Reads a subscription from an object. */
    static Subscribe subscribe(JsonNode message) throws BadMessage {
        JsonNode kinds = message.path("kinds");
        Set<EntryKind> chosen = kinds.isMissingNode() ? EnumSet.allOf(EntryKind.class) : kinds(kinds);
        return subscribe(streamId(message), number(message, "after"), number(message, "tail"), chosen);
    }

    private static Subscribe subscribe(String streamId, Optional<Long> after, Optional<Long> tail, Set<EntryKind> kinds)
            throws BadMessage {
        requireId(streamId);
        if (after.isPresent() && tail.isPresent()) {
            throw BadMessage.mistake("either after or tail, not both");
        }
        if (streamId.equals(ClientMessage.ALL_STREAMS) && after.orElse(0L) > 0) {
            throw BadMessage.mistake("after belongs to one stream: subscribe to each with its own, then to *");
        }
        Start start = tail.<Start>map(Start.Tail::new)
                .orElseGet(() -> after.<Start>map(Start.After::new).orElse(Start.BEGINNING));
        return new Subscribe(streamId, start, kinds);
    }

    private static String streamId(JsonNode message) throws BadMessage {
        JsonNode id = message.path("streamId");
        if (!id.isTextual()) {
            throw BadMessage.mistake("streamId must be a string");
        }
        requireId(id.textValue());
        return id.textValue();
    }

    private static void requireId(String id) throws BadMessage {
        if (id.isEmpty() || id.length() > MAX_ID_LENGTH) {
            throw BadMessage.mistake("streamId must have 1 to " + MAX_ID_LENGTH + " characters");
        }
    }

    private static Optional<Long> number(JsonNode message, String field) throws BadMessage {
        JsonNode value = message.path(field);
        if (value.isMissingNode()) {
            return Optional.empty();
        }
        if (!value.isIntegralNumber() || !value.canConvertToLong()) {
            throw notANumber(field);
        }
        return Optional.of(requireNumber(field, value.longValue()));
    }

    private static Optional<Long> number(String field, String value) throws BadMessage {
        if (value == null) {
            return Optional.empty();
        }
        try {
            return Optional.of(requireNumber(field, Long.parseLong(value)));
        } catch (NumberFormatException e) {
            throw notANumber(field);
        }
    }

    private static long requireNumber(String field, long value) throws BadMessage {
        if (value < 0) {
            throw notANumber(field);
        }
        return value;
    }

    private static BadMessage notANumber(String field) {
        return BadMessage.mistake(field + " must be an integer from 0");
    }

    private static Set<EntryKind> kinds(JsonNode labels) throws BadMessage {
        if (!labels.isArray()) {
            throw noKinds();
        }
        Set<EntryKind> kinds = EnumSet.noneOf(EntryKind.class);
        for (JsonNode label : labels) {
            kinds.add(kind(label.isTextual() ? label.textValue() : ""));
        }
        return requireKinds(kinds);
    }

    private static Set<EntryKind> kinds(List<String> labels) throws BadMessage {
        Set<EntryKind> kinds = EnumSet.noneOf(EntryKind.class);
        for (String label : labels) {
            kinds.add(kind(label));
        }
        return requireKinds(kinds);
    }

    private static Set<EntryKind> requireKinds(Set<EntryKind> kinds) throws BadMessage {
        if (kinds.isEmpty()) {
            throw noKinds();
        }
        return kinds;
    }

    private static EntryKind kind(String label) throws BadMessage {
        return EntryKind.ofLabel(label).orElseThrow(ClientMessages::noKinds);
    }

    private static BadMessage noKinds() {
        String labels = Arrays.stream(EntryKind.values()).map(EntryKind::label).collect(Collectors.joining(", "));
        return BadMessage.mistake("kinds must name some of: " + labels);
    }

    /** The first value of a parameter, or null. */
    static String first(Map<String, List<String>> query, String name) {
        List<String> values = query.getOrDefault(name, List.of());
        return values.isEmpty() ? null : values.getFirst();
    }
}
