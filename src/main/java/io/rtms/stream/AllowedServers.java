package io.rtms.stream;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * Which signaling servers may be dialled, whoever names them: a webhook, the API or a program. Says so before anyone dials. Messages of
 * exceptions begin with {@code server_urls}. For any thread.
 *
 * <p>The native side parses URLs again ({@code url.cpp}), and takes them in one text with commas between. So that both look at the same host, only
 * URLs are admitted in which there is nothing to understand in two ways: printable ASCII without commas and without user, host by name, IPv4 or
 * bracketed IPv6 address.
 */
@Singleton
public class AllowedServers {
    private static final Set<String> LOOPBACK = Set.of("127.0.0.1", "localhost", "[::1]");
    private static final int MOST_URLS = 16;
    /** Of one URL; the native side takes 4096. */
    private static final int MOST_CHARACTERS = 2048;

    private static final Pattern PRINTABLE = Pattern.compile("[!-~&&[^,\\\\]]{1,%d}".formatted(MOST_CHARACTERS));
    private static final Pattern SCHEME = Pattern.compile("([A-Za-z][A-Za-z0-9+.-]*):.*");
    private static final Pattern HOST = Pattern.compile(
            "[^:]*://([A-Za-z0-9](?:[A-Za-z0-9.-]{0,251}[A-Za-z0-9])?|\\[[0-9A-Fa-f:.]{2,45}])(?::([0-9]{1,5}))?(?:[/?#].*)?");
    private static final int MOST_PORT = 65_535;

    private final List<String> allowed;
    private final boolean simulated;

    @Inject
    AllowedServers(Servers servers, @ConfigProperty(name = "rtms.simulator.enabled") boolean simulated) {
        this(servers.allowed(), simulated);
    }

    /**
     * @param allowed {@code *.domain} for all below a domain, or exact names and addresses
     * @param simulated whether the simulator runs: then the loopback interface is allowed too, and {@code ws} beside {@code wss}
     */
    public AllowedServers(List<String> allowed, boolean simulated) {
        this.allowed = allowed.stream()
                .map(host -> host.strip().toLowerCase(Locale.ROOT))
                .toList();
        this.simulated = simulated;
    }

    /** The hosts as they were given. */
    public List<String> allowed() {
        return allowed;
    }

    /** Which of Zoom's servers may be dialled. */
    @ConfigMapping(prefix = "rtms.servers")
    interface Servers {
        /**
         * Hosts that may be dialled, whoever names them (a webhook, the API, a program): {@code *.domain} for all below a domain, or exact names; IP
         * addresses only if listed. The simulator's loopback is added while it runs.
         */
        @WithDefault("*.zoom.us")
        List<String> allowed();
    }

    /**
     * The WebSocket servers among these, in order; those of other protocols are left out.
     *
     * @throws IllegalArgumentException where none is left, or one of them must not be dialled: one foreign host spoils them all
     */
    public List<String> admit(List<String> urls) {
        List<String> admitted = new ArrayList<>();
        for (String url : urls) {
            if (isWebSocket(scheme(url))) {
                checkHost(host(url));
                admitted.add(url);
            }
        }
        if (admitted.isEmpty() || admitted.size() > MOST_URLS) {
            throw new IllegalArgumentException("server_urls needs 1 to %d %s URLs, and has %d"
                    .formatted(MOST_URLS, simulated ? "wss or ws" : "wss", admitted.size()));
        }
        return List.copyOf(admitted);
    }

    /**
     * The request with the servers that {@link #admit(List)} leaves.
     *
     * @throws IllegalArgumentException as there
     */
    public JoinRequest admit(JoinRequest request) {
        return request.toBuilder().serverUrls(admit(request.serverUrls())).build();
    }

    private static String scheme(String url) {
        Matcher scheme = SCHEME.matcher(url);
        if (!PRINTABLE.matcher(url).matches() || !scheme.matches()) {
            throw new IllegalArgumentException("server_urls holds something that is no URL");
        }
        return scheme.group(1).toLowerCase(Locale.ROOT);
    }

    private boolean isWebSocket(String scheme) {
        return scheme.equals("wss") || simulated && scheme.equals("ws");
    }

    private static String host(String url) {
        Matcher matcher = HOST.matcher(url);
        boolean isPlain = matcher.matches() && !matcher.group(1).contains("..");
        if (!isPlain || matcher.group(2) != null && !isPort(Integer.parseInt(matcher.group(2)))) {
            throw new IllegalArgumentException("server_urls holds a URL without a plain host");
        }
        return matcher.group(1).toLowerCase(Locale.ROOT);
    }

    private static boolean isPort(int number) {
        return number > 0 && number <= MOST_PORT;
    }

    private void checkHost(String host) {
        if (!isAllowed(host)) {
            throw new IllegalArgumentException(
                    "server_urls names the host %s, which rtms.servers.allowed does not list".formatted(host));
        }
    }

    private boolean isAllowed(String host) {
        if (simulated && LOOPBACK.contains(host)) {
            return true;
        }
        return allowed.stream()
                .anyMatch(pattern ->
                        pattern.startsWith("*.") ? host.endsWith(pattern.substring(1)) : host.equals(pattern));
    }
}
