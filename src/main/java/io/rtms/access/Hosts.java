package io.rtms.access;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Names by which the service may be asked for. A page of a stranger can have its own name point to this service (DNS rebinding), and the browser
 * then takes the two for one origin; but it still says the stranger's name. Addresses and {@code localhost} cannot be made to point elsewhere and
 * always pass. Safe for any thread.
 */
final class Hosts {
    private static final String ANY = "*";
    private static final Pattern ADDRESS = Pattern.compile("\\[.*]|[0-9]{1,3}(?:\\.[0-9]{1,3}){3}");
    private static final Pattern PORT = Pattern.compile(":[0-9]*$");

    private final boolean any;
    private final Set<String> listed;

    /**
     * @param listed names; {@code *} for all
     * @param open whether nothing but the name protects the service; else an empty list is no list
     */
    Hosts(List<String> listed, boolean open) {
        this.listed = listed.stream().map(Hosts::name).collect(Collectors.toUnmodifiableSet());
        this.any = this.listed.contains(ANY) || listed.isEmpty() && !open;
    }

    /** Whether this {@code Host} may be asked for. Who names none is no browser and passes. */
    boolean allow(Optional<String> host) {
        return any || host.map(Hosts::name).filter(name -> !isKnown(name)).isEmpty();
    }

    private boolean isKnown(String name) {
        return name.equals("localhost")
                || name.endsWith(".localhost")
                || listed.contains(name)
                || ADDRESS.matcher(name).matches();
    }

    /** Lower case, without port and the root's dot. */
    private static String name(String host) {
        String name = PORT.matcher(host.strip().toLowerCase(Locale.ROOT)).replaceFirst("");
        return name.endsWith(".") ? name.substring(0, name.length() - 1) : name;
    }
}
