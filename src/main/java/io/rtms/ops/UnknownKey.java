package io.rtms.ops;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.eclipse.microprofile.config.spi.ConfigSource;

/**
 * A key that is set and that nothing reads.
 *
 * @param name as it is set: a key, or a variable of the environment
 * @param origin where it is set, in words
 * @param nearest what may be meant, in the same form
 * @param isCertain whether nobody else can have meant it; variables of the environment, and keys of no known group, may be another program's
 */
public record UnknownKey(String name, String origin, Optional<String> nearest, boolean isCertain) {
    private static final Pattern FILE = Pattern.compile(".*\\[source=(?:file:)?(.*)]");

    /** What is wrong, in words. */
    public String trouble() {
        return "%s (%s) is no key of this service".formatted(name, origin);
    }

    /** What to do, in words. */
    public String remedy() {
        return nearest.map("Did you mean %s?"::formatted).orElse("See docker/configuration.md for those that are.");
    }

    /** Both. */
    public String message() {
        return trouble() + ". " + remedy();
    }

    static String origin(ConfigSource source) {
        Matcher file = FILE.matcher(source.getName());
        if (file.matches()) {
            return file.group(1);
        }
        return switch (source.getName()) {
            case "SysPropConfigSource" -> "system property";
            case "EnvConfigSource" -> "environment";
            default -> source.getName();
        };
    }
}
