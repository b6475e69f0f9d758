package io.rtms.webhook;

import io.rtms.event.Product;
import io.rtms.event.WebhookReceived;
import io.rtms.stream.WebhookPayload;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jboss.logging.Logger;

/**
 * Writes to the log what Zoom says about an account rather than about a stream (rtms-protocol section 1.2): that the streams that may run at
 * once are running out or have run out, and that one could not be started. There is nothing else for the service to do about these.
 */
@Singleton
class AccountNotices {
    private static final Logger LOG = Logger.getLogger(AccountNotices.class);
    private static final String NEAR_LIMIT = "rtms.concurrency_near_limit";
    private static final String LIMITED = "rtms.concurrency_limited";
    private static final String START_FAILED = "rtms.start_failed";
    private static final Set<String> EVENTS = Set.of(NEAR_LIMIT, LIMITED, START_FAILED);
    private static final int MOST_CHARACTERS = 256;

    /** Whether this is one of the events that are written to the log. */
    static boolean isNotice(String event) {
        return EVENTS.contains(event);
    }

    void onWebhook(@Observes WebhookReceived webhook) {
        if (isNotice(webhook.event())) {
            LOG.warnf("App %s: %s", webhook.app(), sentence(webhook.event(), new WebhookPayload(webhook.payload())));
        }
    }

    private static String sentence(String event, WebhookPayload payload) {
        return switch (event) {
            case NEAR_LIMIT ->
                "%s of %s streams run at once, %s %% of the limit. Zoom starts none above it."
                        .formatted(
                                number(payload, "concurrency_number"),
                                number(payload, "concurrency_limit"),
                                number(payload, "percentage"));
            case LIMITED ->
                "Zoom started no stream%s: %s run at once, and that is the limit."
                        .formatted(whose(payload), number(payload, "concurrency_number"));
            default -> "Zoom could not start a stream%s%s.".formatted(whose(payload), why(payload));
        };
    }

    /** For which meeting and user, as far as is told. */
    private static String whose(WebhookPayload payload) {
        String of = Arrays.stream(Product.values())
                .flatMap(product -> text(payload, product.idKey()).map(id -> product.idKey() + " " + id).stream())
                .findFirst()
                .or(() -> text(payload, "id_field"))
                .map(id -> " for " + id)
                .orElse("");
        return of
                + text(payload, "operator_id")
                        .map(user -> ", asked for by user " + user)
                        .orElse("");
    }

    /** Zoom does not document what comes with a failure; these are the names that it uses elsewhere. */
    private static String why(WebhookPayload payload) {
        String why = Stream.of("error_code", "code", "reason", "message")
                .flatMap(name -> text(payload, name).stream())
                .collect(Collectors.joining(", "));
        return why.isEmpty() ? "" : ": " + why;
    }

    private static String number(WebhookPayload payload, String name) {
        return payload.field(name).isIntegralNumber() ? payload.field(name).asText() : "an unknown number";
    }

    private static Optional<String> text(WebhookPayload payload, String name) {
        return Optional.of(payload.field(name).asText(""))
                .filter(text -> !text.isEmpty())
                .map(text -> text.substring(0, Math.min(text.length(), MOST_CHARACTERS))
                        .replaceAll("\\p{Cntrl}", "?"));
    }
}
