package io.rtms.ops;

import io.smallrye.config.DefaultValuesConfigSource;
import io.smallrye.config.EnvConfigSource;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.config.spi.ConfigSource;

/** Finds keys that somebody has set and that nothing reads, because they are mistyped. For any thread. */
public final class UnknownKeys {
    /** The names of all keys, one a line; made from the mapping interfaces, and kept up to date by a test. */
    private static final String NAMES = "META-INF/rtms-keys.txt";

    private static final String PREFIX = "rtms.";

    private final List<KnownKey> known;
    private final Set<String> groups;
    /** By name, so that a key that is set in two places is told once. */
    private final Map<String, UnknownKey> found = new LinkedHashMap<>();

    private UnknownKeys(Collection<String> names) {
        this.known = names.stream()
                .filter(name -> name.startsWith(PREFIX))
                .map(KnownKey::new)
                .toList();
        this.groups = known.stream().map(key -> group(key.name())).collect(Collectors.toSet());
    }

    /**
     * The keys that are set and unknown, which have no default either, from the strongest source to the weakest:
     *
     * <ul>
     *   <li>in files and system properties all that begin like known ones ({@code rtms.webhook.}), and others below {@code rtms.} that are nearly known
     *   <li>in the environment and {@code .env}, which other programs use too, only those that are nearly known
     * </ul>
     */
    public static List<UnknownKey> find(Config config) {
        Set<String> known = new TreeSet<>(readNames());
        List<ConfigSource> set = new ArrayList<>();
        for (ConfigSource source : config.getConfigSources()) {
            if (source instanceof DefaultValuesConfigSource) {
                known.addAll(source.getPropertyNames());
            } else {
                set.add(source);
            }
        }
        UnknownKeys unknown = new UnknownKeys(known);
        set.forEach(unknown::search);
        return List.copyOf(unknown.found.values());
    }

    private void search(ConfigSource source) {
        boolean isEnvironment = source instanceof EnvConfigSource;
        for (String name : new ArrayList<>(source.getPropertyNames())) {
            if (isEnvironment) {
                searchVariable(KnownKey.variable(name), source);
            } else {
                searchName(name.replaceFirst("^%[^.]+\\.", "").replaceFirst("\\[\\d+]$", ""), source);
            }
        }
    }

    private void searchName(String name, ConfigSource source) {
        if (!name.startsWith(PREFIX) || known.stream().anyMatch(key -> key.isName(name))) {
            return;
        }
        boolean isCertain = groups.contains(group(name));
        Optional<String> nearest =
                Spelling.nearest(name, known.stream().map(key -> key.nameFor(name)), isCertain ? name.length() / 4 : 2);
        if (isCertain || nearest.isPresent()) {
            found.putIfAbsent(name, new UnknownKey(name, UnknownKey.origin(source), nearest, isCertain));
        }
    }

    private void searchVariable(String name, ConfigSource source) {
        if (!name.startsWith(KnownKey.variable(PREFIX)) || known.stream().anyMatch(key -> key.isVariable(name))) {
            return;
        }
        Spelling.nearest(name, known.stream().map(key -> key.variableFor(name)), 2)
                .ifPresent(nearest -> found.putIfAbsent(
                        name, new UnknownKey(name, UnknownKey.origin(source), Optional.of(nearest), false)));
    }

    /** What a key has in common with others that are read together, {@code rtms.webhook}. */
    private static String group(String name) {
        int end = name.indexOf('.', PREFIX.length());
        return end < 0 ? name : name.substring(0, end);
    }

    private static List<String> readNames() {
        try (InputStream names = Objects.requireNonNull(
                        UnknownKeys.class.getClassLoader().getResourceAsStream(NAMES), NAMES);
                BufferedReader lines = new BufferedReader(new InputStreamReader(names, StandardCharsets.UTF_8))) {
            return lines.lines().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
