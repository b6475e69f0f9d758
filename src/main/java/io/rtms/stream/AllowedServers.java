package io.rtms.stream;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * Which signaling servers may be dialled, whoever names them: a webhook, the API or a program. Says so before anyone dials. Messages of
 * exceptions begin with {@code server_urls}. For any thread.
 */
@Singleton
public class AllowedServers {
    private static final Set<String> LOOPBACK = Set.of("127.0.0.1", "localhost", "[::1]");
    private static final int MOST_URLS = 16;

    private final List<String> allowed;
    private final boolean simulated;

    @Inject
    AllowedServers(
            Servers servers,
            @ConfigProperty(name = "rtms.simulator.enabled", defaultValue = "false") boolean simulated) {
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

    /** Which servers may be dialled. */
    @ConfigMapping(prefix = "rtms.servers")
    interface Servers {
        /** {@code *.domain} for all below a domain, or exact names and addresses. */
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
            URI uri = parse(url);
            if (isWebSocket(uri)) {
                checkHost(uri);
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

    private static URI parse(String url) {
        try {
            return new URI(url);
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException("server_urls holds something that is no URL");
        }
    }

    private boolean isWebSocket(URI uri) {
        return "wss".equalsIgnoreCase(uri.getScheme()) || simulated && "ws".equalsIgnoreCase(uri.getScheme());
    }

    private void checkHost(URI uri) {
        String host = uri.getHost() == null ? "" : uri.getHost().toLowerCase(Locale.ROOT);
        if (host.isEmpty() || uri.getUserInfo() != null) {
            throw new IllegalArgumentException("server_urls holds a URL without a plain host");
        }
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
