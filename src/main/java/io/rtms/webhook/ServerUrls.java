package io.rtms.webhook;

import com.fasterxml.jackson.databind.JsonNode;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.inject.Singleton;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * Reads {@code server_urls} and decides which hosts may be dialled, before anyone dials. Entries of other protocols than WebSocket are left
 * out; one WebSocket entry to a foreign host spoils them all.
 */
@Singleton
class ServerUrls {
    private static final Set<String> LOOPBACK = Set.of("127.0.0.1", "localhost", "[::1]");
    private static final int MOST_URLS = 16;

    private final List<String> allowed;
    private final boolean simulated;

    ServerUrls(
            Servers servers,
            @ConfigProperty(name = "rtms.simulator.enabled", defaultValue = "false") boolean simulated) {
        this.allowed = servers.allowed().stream()
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
     * The signaling servers in a webhook, in order: one string with commas, or an array.
     *
     * @throws InvalidWebhookException where there is none, or one that must not be dialled
     */
    List<String> read(JsonNode node) throws InvalidWebhookException {
        List<String> urls = new ArrayList<>();
        for (String entry : entries(node)) {
            URI uri = parse(entry);
            if (isWebSocket(uri)) {
                checkHost(uri);
                urls.add(entry);
            }
        }
        if (urls.isEmpty() || urls.size() > MOST_URLS) {
            throw new InvalidWebhookException("payload.server_urls needs 1 to %d %s URLs, and has %d"
                    .formatted(MOST_URLS, simulated ? "wss or ws" : "wss", urls.size()));
        }
        return List.copyOf(urls);
    }

    private static List<String> entries(JsonNode node) throws InvalidWebhookException {
        List<String> entries = new ArrayList<>();
        if (node.isTextual()) {
            entries.addAll(List.of(node.asText().split(",")));
        } else if (node.isArray()) {
            for (JsonNode entry : node) {
                entries.add(entry.asText());
            }
        } else {
            throw new InvalidWebhookException("payload.server_urls is missing or no string");
        }
        return entries.stream()
                .map(String::strip)
                .filter(entry -> !entry.isEmpty())
                .toList();
    }

    private static URI parse(String entry) throws InvalidWebhookException {
        try {
            return new URI(entry);
        } catch (URISyntaxException e) {
            throw new InvalidWebhookException("payload.server_urls holds something that is no URL");
        }
    }

    private boolean isWebSocket(URI uri) {
        return "wss".equalsIgnoreCase(uri.getScheme()) || simulated && "ws".equalsIgnoreCase(uri.getScheme());
    }

    private void checkHost(URI uri) throws InvalidWebhookException {
        String host = uri.getHost() == null ? "" : uri.getHost().toLowerCase(Locale.ROOT);
        if (host.isEmpty() || uri.getUserInfo() != null) {
            throw new InvalidWebhookException("payload.server_urls holds a URL without a plain host");
        }
        if (!isAllowed(host)) {
            throw new InvalidWebhookException(
                    "payload.server_urls names the host %s, which rtms.servers.allowed does not list".formatted(host));
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
