package io.rtms.doc;

import io.quarkus.runtime.configuration.MemorySize;
import io.rtms.media.WireNumber;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;

/** What kinds of values keys take, in words. */
final class ValueWords {
    private static final Map<Class<?>, String> KINDS = Map.ofEntries(
            Map.entry(boolean.class, "`true` or `false`"),
            Map.entry(Boolean.class, "`true` or `false`"),
            Map.entry(int.class, "whole number"),
            Map.entry(Integer.class, "whole number"),
            Map.entry(OptionalInt.class, "whole number"),
            Map.entry(long.class, "whole number"),
            Map.entry(Long.class, "whole number"),
            Map.entry(OptionalLong.class, "whole number"),
            Map.entry(double.class, "number"),
            Map.entry(Double.class, "number"),
            Map.entry(OptionalDouble.class, "number"),
            Map.entry(String.class, "text"),
            Map.entry(Path.class, "path"),
            Map.entry(Duration.class, "duration"),
            Map.entry(MemorySize.class, "memory size"));

    private static final Set<String> ONLY_SENT = Set.of("UNDEFINED", "UNKNOWN");

    private ValueWords() {}

    /** What a getter's return type is called. */
    static String kind(Type type) {
        Type element = element(type);
        String one =
                element instanceof Class<?> plain && plain.isEnum() ? "one of the values below" : KINDS.get(element);
        if (one == null) {
            throw new IllegalArgumentException("no word for " + type.getTypeName());
        }
        return isList(type) ? listOf(element, one) : one;
    }

    private static String listOf(Type element, String one) {
        if (element == String.class) {
            return "comma-separated list";
        }
        return "comma-separated list of " + (one.startsWith("one of ") ? one.substring("one of ".length()) : one + "s");
    }

    /** The values of an enumeration, but for those that only Zoom can send; none for other types. */
    static List<Enum<?>> constants(Type type) {
        return element(type) instanceof Class<?> plain && plain.isEnum()
                ? Arrays.stream(plain.getEnumConstants())
                        .<Enum<?>>map(Enum.class::cast)
                        .filter(constant -> !(constant instanceof WireNumber) || !ONLY_SENT.contains(constant.name()))
                        .toList()
                : List.of();
    }

    /** How a constant is written: as Zoom names it, or in small letters. */
    static String spelling(Enum<?> constant) {
        return constant instanceof WireNumber
                ? constant.name()
                : constant.name().toLowerCase(Locale.ROOT);
    }

    /** What is inside optionals and lists. */
    private static Type element(Type type) {
        return type instanceof ParameterizedType generic ? element(generic.getActualTypeArguments()[0]) : type;
    }

    private static boolean isList(Type type) {
        return type instanceof ParameterizedType generic
                && (Collection.class.isAssignableFrom((Class<?>) generic.getRawType())
                        || isList(generic.getActualTypeArguments()[0]));
    }
}
