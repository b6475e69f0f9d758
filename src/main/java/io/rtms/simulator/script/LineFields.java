package io.rtms.simulator.script;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.rtms.event.ContactCenterEventType;
import io.rtms.event.EventType;
import io.rtms.media.WireNumber;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The fields of an object in a line; each that is read has to be right, and each that is there has to be read. */
final class LineFields {
    private final String name;
    private final int line;
    private final ObjectNode object;
    private final Set<String> read = new HashSet<>();

    LineFields(String name, int line, ObjectNode object) {
        this.name = name;
        this.line = line;
        this.object = object;
    }

    boolean has(String field) {
        return object.has(field);
    }

    String text(String field) {
        return string(field, get(field));
    }

    String textOr(String field, String otherwise) {
        return has(field) ? text(field) : otherwise;
    }

    /** A whole number, 0 or above. */
    long number(String field) {
        JsonNode value = get(field);
        if (!value.isIntegralNumber() || !value.canConvertToLong() || value.asLong() < 0) {
            throw wrong(field, "has to be a whole number, 0 or above");
        }
        return value.asLong();
    }

    /** Texts; none where the field is missing. */
    List<String> texts(String field) {
        List<String> texts = new ArrayList<>();
        list(field).forEach(value -> texts.add(string(field, value)));
        return texts;
    }

    /** An object; an empty one where the field is missing. */
    ObjectNode object(String field) {
        if (!has(field)) {
            return JsonNodeFactory.instance.objectNode();
        }
        if (!(get(field) instanceof ObjectNode value)) {
            throw wrong(field, "has to be an object");
        }
        return value;
    }

    /** Objects, to be read in turn; none where the field is missing. */
    List<LineFields> objects(String field) {
        List<LineFields> objects = new ArrayList<>();
        for (JsonNode value : list(field)) {
            if (!(value instanceof ObjectNode one)) {
                throw wrong(field, "has to be a list of objects");
            }
            objects.add(new LineFields(name, line, one));
        }
        return objects;
    }

    /** One of these words, in whatever case. */
    <E extends Enum<E>> E choice(String field, Class<E> type, Function<E, String> word) {
        String given = text(field);
        return Arrays.stream(type.getEnumConstants())
                .filter(one -> !one.name().equals("UNKNOWN") && word.apply(one).equalsIgnoreCase(given))
                .findFirst()
                .orElseThrow(() -> wrong(
                        field,
                        "\"" + given + "\" is none of "
                                + Arrays.stream(type.getEnumConstants())
                                        .filter(one -> !one.name().equals("UNKNOWN"))
                                        .map(word)
                                        .collect(Collectors.joining(", "))));
    }

    /** Zoom's number of an event, given as it is or by the name of either list. */
    int eventNumber(String field) {
        if (get(field).isIntegralNumber()) {
            return Math.toIntExact(Math.min(number(field), Integer.MAX_VALUE));
        }
        String given = text(field);
        return Stream.concat(numbers(EventType.values(), given), numbers(ContactCenterEventType.values(), given))
                .findFirst()
                .orElseThrow(() -> wrong(field, "\"" + given + "\" is the name of no event"));
    }

    private static <E extends Enum<E> & WireNumber> Stream<Integer> numbers(E[] types, String given) {
        return Arrays.stream(types)
                .filter(one -> one.number() >= 0 && one.name().equalsIgnoreCase(given))
                .map(WireNumber::number);
    }

    /** Throws where there is a field that nobody has read. */
    void rejectOthers() {
        object.fieldNames().forEachRemaining(field -> {
            if (!read.contains(field)) {
                throw wrong(field, "does not belong here");
            }
        });
    }

    ScriptException wrong(String field, String problem) {
        return new ScriptException(name, line, "field \"" + field + "\": " + problem);
    }

    private JsonNode get(String field) {
        read.add(field);
        JsonNode value = object.get(field);
        if (value == null) {
            throw wrong(field, "is missing");
        }
        return value;
    }

    private JsonNode list(String field) {
        if (!has(field)) {
            return JsonNodeFactory.instance.arrayNode();
        }
        JsonNode value = get(field);
        if (!value.isArray()) {
            throw wrong(field, "has to be a list");
        }
        return value;
    }

    private String string(String field, JsonNode value) {
        if (!value.isTextual()) {
            throw wrong(field, "has to be text");
        }
        return value.asText();
    }
}
