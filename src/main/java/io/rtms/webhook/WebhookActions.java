package io.rtms.webhook;

import io.rtms.stream.RtmsStream;
import java.util.Optional;

/** What follows from a webhook, once observers have been told of it. On the thread of the intake, one after the other. */
interface WebhookActions {
    /**
     * Joins, moves or stops the webhook's stream.
     *
     * @param app whose secret signed it
     * @param body as it came; empty where this node alone has accepted it
     * @param before its stream as this node knew it before observers were told: one that they joined just now is theirs
     * @param tooLate whether the service has no time left to join anything
     */
    void act(String app, Webhook webhook, String body, Optional<RtmsStream> before, boolean tooLate);
}
