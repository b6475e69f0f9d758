package io.rtms.ops;

import java.util.Locale;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/** A key that the service reads, by its name and as a variable of the environment; {@code *} in it is a name that the user gives. */
final class KnownKey {
    private static final String ANY = "*";

    private final String name;
    private final Predicate<String> names;
    private final Predicate<String> variables;

    KnownKey(String name) {
        this.name = name;
        if (name.contains(ANY)) {
            this.names = matching(Pattern.quote(name).replace(ANY, "\\E(?:\"[^\"]+\"|[^.]+)\\Q"));
            this.variables = matching(variable(name, "[A-Z0-9_]+"));
        } else {
            this.names = name::equals;
            this.variables = variable(name)::equals;
        }
    }

    private static Predicate<String> matching(String pattern) {
        return Pattern.compile(pattern).asMatchPredicate();
    }

    String name() {
        return name;
    }

    boolean isName(String candidate) {
        return names.test(candidate);
    }

    boolean isVariable(String candidate) {
        return variables.test(candidate);
    }

    /** This key's name, with that part of another name where the user gives one. */
    String nameFor(String other) {
        return fill(name, other, '.');
    }

    /** This key's variable, with that part of another variable where the user gives a name. */
    String variableFor(String other) {
        return fill(variable(name, ANY), other, '_');
    }

    /** A key's variable in the environment. */
    static String variable(String name) {
        return name.toUpperCase(Locale.ROOT).replaceAll("[^A-Z0-9]", "_");
    }

    private static String variable(String name, String any) {
        int star = name.indexOf(ANY);
        return star < 0 ? variable(name) : variable(name.substring(0, star)) + any + variable(name.substring(star + 1));
    }

    private static String fill(String pattern, String other, char separator) {
        int star = pattern.indexOf(ANY);
        if (star < 0 || !other.startsWith(pattern.substring(0, star))) {
            return pattern;
        }
        int end = other.indexOf(separator, star);
        return pattern.replace(ANY, other.substring(star, end < 0 ? other.length() : end));
    }
}
