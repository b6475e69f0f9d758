package com.example.keywords;

import io.rtms.event.WebhookReceived;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.ObservesAsync;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/** Counts webhooks by their event, those too that the service does not act on. */
@ApplicationScoped
public class Webhooks {
    private final Map<String, Integer> byEvent = new ConcurrentHashMap<>();

    /** Its signature was checked; it is Zoom's. An observer with {@code @Observes} would delay the webhooks behind it. */
    void onWebhook(@ObservesAsync WebhookReceived webhook) {
        byEvent.merge(webhook.event(), 1, Integer::sum);
    }

    /** How many there were of each. */
    public Map<String, Integer> counts() {
        return new TreeMap<>(byEvent);
    }
}
