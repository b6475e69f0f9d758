package io.rtms.simulator.script;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.rtms.event.ContactCenterEventType;
import io.rtms.event.EventType;
import io.rtms.media.WireNumber;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The fields of an object, in a line or in a request; each that is read has to be right, and each that is there has to be read. What is wrong
 * is told with a {@link ScriptException} that names the field, and the words or numbers that it can have. For one thread.
 */
public final class LineFields {
    private final String name;
    private final int line;
    private final ObjectNode object;
    private final Set<String> read = new HashSet<>();

    /**
     * @param name where they come from, for messages
     * @param line counted from 1; 0 where there are no lines
     */
    public LineFields(String name, int line, ObjectNode object) {
        this.name = name;
        this.line = line;
        this.object = object;
    }

    /** Whether it is there. */
    public boolean has(String field) {
        return object.has(field);
    }

    /** Text. */
    public String text(String field) {
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

    /** A whole number in these bounds. */
    public int number(String field, int least, int most) {
        JsonNode value = get(field);
        if (!value.canConvertToInt() || !value.isIntegralNumber() || value.asInt() < least || value.asInt() > most) {
            throw wrong(field, "has to be a whole number from " + least + " to " + most);
        }
        return value.asInt();
    }

    /** A whole number in these bounds. */
    public int numberOr(String field, int otherwise, int least, int most) {
        return has(field) ? number(field, least, most) : otherwise;
    }

    /** Milliseconds. */
    public Duration time(String field, Duration longest) {
        return Duration.ofMillis(number(field, 0, Math.toIntExact(longest.toMillis())));
    }

    /** Milliseconds. */
    public Duration timeOr(String field, Duration otherwise, Duration longest) {
        return has(field) ? time(field, longest) : otherwise;
    }

    /** A number above 0. */
    public double decimalOr(String field, double otherwise, double most) {
        if (!has(field)) {
            return otherwise;
        }
        JsonNode value = get(field);
        if (!value.isNumber() || !(value.asDouble() > 0) || value.asDouble() > most) {
            throw wrong(field, "has to be a number above 0, up to " + most);
        }
        return value.asDouble();
    }

    /** True or false. */
    public boolean truthOr(String field, boolean otherwise) {
        if (!has(field)) {
            return otherwise;
        }
        JsonNode value = get(field);
        if (!value.isBoolean()) {
            throw wrong(field, "has to be true or false");
        }
        return value.asBoolean();
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
    public List<LineFields> objects(String field) {
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
        return chosen(field, text(field), type, word);
    }

    private <E extends Enum<E>> E chosen(String field, String given, Class<E> type, Function<E, String> word) {
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

    /** Some of these words, in whatever case; none where the field is missing. */
    public <E extends Enum<E>> List<E> choices(String field, Class<E> type, Function<E, String> word) {
        return texts(field).stream()
                .map(given -> chosen(field, given, type, word))
                .toList();
    }

    /** One of these words, in whatever case. */
    public <E extends Enum<E>> E choiceOr(String field, Class<E> type, E otherwise, Function<E, String> word) {
        return has(field) ? choice(field, type, word) : otherwise;
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
    public void rejectOthers() {
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
