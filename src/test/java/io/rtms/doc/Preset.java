package io.rtms.doc;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a key is where nobody sets it.
 *
 * @param aliases variables of Zoom's own that set it, too
 * @param words the default in words
 */
record Preset(List<String> aliases, String words) {
    private static final Pattern EXPRESSION = Pattern.compile("\\$\\{([^:}]+)(?::(.*))?}");
    private static final String ZOOMS = "ZM_RTMS_";

    /** @param written as in {@code @WithDefault}: a value, or {@code ${VARIABLE:value}} */
    static Preset of(Optional<String> written) {
        List<String> aliases = new ArrayList<>();
        List<String> variables = new ArrayList<>();
        String value = written.orElse("");
        Matcher expression = EXPRESSION.matcher(value);
        while (expression.matches()) {
            String variable = expression.group(1);
            (variable.startsWith(ZOOMS) ? aliases : variables).add(variable);
            value = Optional.ofNullable(expression.group(2)).orElse("");
            expression.reset(value);
        }
        if (value.isEmpty() && variables.isEmpty()) {
            return new Preset(aliases, "no default");
        }
        List<String> choices = new ArrayList<>();
        variables.forEach(variable -> choices.add("the variable `" + variable + "`"));
        if (!value.isEmpty()) {
            choices.add("`" + value + "`");
        }
        return new Preset(aliases, "default " + String.join(", else ", choices));
    }
}
