package io.rtms.doc;

import io.rtms.doc.ConfigKeys.Group;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The configuration reference in Markdown. What no interface tells (headings, how keys are set, Quarkus' own keys) stands in a template, in which
 * {@code <!-- keys: rtms.webhook -->} is the place of a mapping's keys.
 */
final class ConfigurationReference {
    private static final Pattern PLACE = Pattern.compile("<!-- keys: (\\S+) -->");

    private final SourceComments comments;
    /** By prefix. */
    private final Map<String, List<Group>> mappings = new HashMap<>();
    /** Keys by getter and groups by interface, as {@link SourceComments} names these. */
    private final Map<String, String> names = new HashMap<>();
    /** How constants are written, by type and name. */
    private final Map<String, String> values = new HashMap<>();

    /** That of all mapping interfaces among these sources. */
    ConfigurationReference(SourceComments comments) {
        this.comments = comments;
        for (Class<?> mapping : comments.mappings()) {
            mappings.put(ConfigKeys.prefix(mapping), ConfigKeys.of(mapping, comments));
            names.put(mapping.getName(), ConfigKeys.prefix(mapping));
        }
        for (ConfigKey key : keys()) {
            names.putIfAbsent(key.source(), key.name());
            ValueWords.constants(key.type())
                    .forEach(constant -> values.put(reference(constant), ValueWords.spelling(constant)));
        }
    }

    /** All keys. */
    List<ConfigKey> keys() {
        return mappings.values().stream()
                .flatMap(List::stream)
                .flatMap(group -> group.keys().stream())
                .toList();
    }

    /** A line for each key's name. */
    String keyNames() {
        Set<String> sorted = keys().stream().map(ConfigKey::name).collect(Collectors.toCollection(TreeSet::new));
        return sorted.stream().map(name -> name + "\n").collect(Collectors.joining());
    }

    /**
     * The template with the keys in their places.
     *
     * @throws IllegalArgumentException where a mapping has no place or two, or a place no mapping
     * @throws NoSuchElementException where something has no Javadoc
     */
    String fill(String template) {
        List<String> places =
                PLACE.matcher(template).results().map(place -> place.group(1)).toList();
        Set<String> missing = new TreeSet<>(mappings.keySet());
        places.forEach(missing::remove);
        if (!missing.isEmpty()
                || !mappings.keySet().containsAll(places)
                || new HashSet<>(places).size() < places.size()) {
            throw new IllegalArgumentException(
                    "Each mapping needs one line <!-- keys: its.prefix --> in the template. Without one: %s. Lines: %s"
                            .formatted(missing, places));
        }
        return PLACE.matcher(template).replaceAll(place -> Matcher.quoteReplacement(mapping(place)));
    }

    private String mapping(MatchResult place) {
        return mappings.get(place.group(1)).stream().map(this::group).collect(Collectors.joining("\n\n"));
    }

    private String group(Group group) {
        String introduction = group.sources().stream().map(this::words).collect(Collectors.joining("\n\n"));
        String keys = group.keys().stream().map(this::key).collect(Collectors.joining("\n\n"));
        return "### `%s`\n\n%s\n\n%s".formatted(shown(group.name()), introduction, keys);
    }

    private String key(ConfigKey key) {
        Preset preset = Preset.of(key.preset());
        String variables = Stream.concat(Stream.of(variable(key.name())), preset.aliases().stream())
                .map(name -> "`" + name + "`")
                .collect(Collectors.joining(" or "));
        return "#### `%s`\n\n%s · %s · %s\n\n%s%s"
                .formatted(
                        shown(key.name()),
                        variables,
                        ValueWords.kind(key.type()),
                        preset.words(),
                        words(key.source()),
                        values(key));
    }

    /** The constants of which the description speaks by links; all where it speaks of none. */
    private String values(ConfigKey key) {
        List<Enum<?>> constants = ValueWords.constants(key.type());
        if (constants.isEmpty()) {
            return "";
        }
        String description = comments.of(key.source()).toString();
        List<Enum<?>> named = constants.stream()
                .filter(constant -> description.contains("{@link " + reference(constant) + "}"))
                .toList();
        List<Enum<?>> allowed = named.isEmpty() ? constants : named;
        boolean hasWords = allowed.stream().anyMatch(constant -> comments.isDescribed(source(constant)));
        return "\n\n"
                + (hasWords
                        ? allowed.stream().map(this::value).collect(Collectors.joining("\n"))
                        : allowed.stream().map(ConfigurationReference::spelling).collect(Collectors.joining(", ")));
    }

    private String value(Enum<?> constant) {
        String source = source(constant);
        return "* " + spelling(constant) + (comments.isDescribed(source) ? ": " + words(source) : "");
    }

    private static String spelling(Enum<?> constant) {
        return "`" + ValueWords.spelling(constant) + "`";
    }

    private String words(String source) {
        return CommentMarkdown.of(comments.of(source), new KeyLinks(source.split("#")[0], names, values));
    }

    private static String source(Enum<?> constant) {
        return constant.getDeclaringClass().getName() + "#" + constant.name();
    }

    /** As comments refer to it. */
    private static String reference(Enum<?> constant) {
        return constant.getDeclaringClass().getSimpleName() + "#" + constant.name();
    }

    /** The variable by which the environment sets a key, by SmallRye Config's rules. */
    private static String variable(String name) {
        return name.toUpperCase(Locale.ROOT).replace("*", "<NAME>").replaceAll("[^A-Z0-9<>]", "_");
    }

    /** A key as people know it. */
    private static String shown(String name) {
        return name.replace("*", "<name>");
    }
}
