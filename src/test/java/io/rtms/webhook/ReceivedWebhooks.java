package io.rtms.webhook;

import io.rtms.event.WebhookReceived;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** An extension that listens to webhooks. */
@Singleton
public class ReceivedWebhooks {
    private final Queue<WebhookReceived> webhooks = new ConcurrentLinkedQueue<>();

    void onWebhook(@Observes WebhookReceived webhook) {
        webhooks.add(webhook);
    }

    /** Those with this text in a field of the payload, or of its object, in the order in which they came. */
    List<WebhookReceived> with(String field, String text) {
        return webhooks.stream()
                .filter(webhook -> webhook.payload().path(field).asText().startsWith(text)
                        || webhook.payload().path("object").path(field).asText().startsWith(text))
                .toList();
    }
}
