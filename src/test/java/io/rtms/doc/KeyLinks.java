package io.rtms.doc;

import java.util.Map;

/**
 * Lets comments of one type name keys, which become links within the reference, and the constants of enumerations, which become values.
 *
 * @param type the type that has the comments
 * @param keys names of keys by getter, {@code io.rtms.A$B#getter}, and of groups by interface
 * @param values how constants are written, by their type and name, {@code B#CONSTANT}
 */
record KeyLinks(String type, Map<String, String> keys, Map<String, String> values) implements CommentMarkdown.Links {
    @Override
    public String link(String signature) {
        String reference = signature.replace("()", "");
        String own = reference.startsWith("#") ? type + reference : reference;
        return keys.entrySet().stream()
                .filter(key -> key.getKey().equals(own) || key.getKey().matches(".*[.$]\\Q" + own + "\\E"))
                .map(key -> linkTo(key.getValue()))
                .findFirst()
                .orElseGet(() -> "`%s`".formatted(values.getOrDefault(own, own.replace('#', '.'))));
    }

    @Override
    public String code(String text) {
        return keys.containsValue(text) ? linkTo(text) : "`" + text + "`";
    }

    private static String linkTo(String name) {
        return "[`%s`](#%s)".formatted(name.replace("*", "<name>"), anchor(name));
    }

    /** As GitHub names a heading. */
    private static String anchor(String name) {
        return name.replace("*", "name").replaceAll("[^a-z0-9_-]", "");
    }
}
