package io.rtms.webhook;

import com.fasterxml.jackson.databind.JsonNode;
import io.rtms.stream.AllowedServers;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;

/** Reads {@code server_urls}: one string with commas, or an array. */
@Singleton
class ServerUrls {
    private final AllowedServers allowed;

    ServerUrls(AllowedServers allowed) {
        this.allowed = allowed;
    }

    /**
     * The signaling servers in a webhook, in order.
     *
     * @throws InvalidWebhookException where there is none, or one that must not be dialled
     */
    List<String> read(JsonNode node) throws InvalidWebhookException {
        try {
            return allowed.admit(entries(node));
        } catch (IllegalArgumentException e) {
            throw new InvalidWebhookException("payload." + e.getMessage());
        }
    }

    private static List<String> entries(JsonNode node) {
        List<String> entries = new ArrayList<>();
        if (node.isTextual()) {
            entries.addAll(List.of(node.asText().split(",")));
        } else if (node.isArray()) {
            for (JsonNode entry : node) {
                entries.add(entry.asText());
            }
        } else {
            throw new IllegalArgumentException("server_urls is missing or no string");
        }
        return entries.stream()
                .map(String::strip)
                .filter(entry -> !entry.isEmpty())
                .toList();
    }
}
