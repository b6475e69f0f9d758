package io.rtms.webhook;

import io.rtms.stream.App;
import jakarta.inject.Singleton;
import jakarta.ws.rs.core.Response;

/**
 * Decides about a request, in the order of interfaces section 1: signature, time window, challenge, form, and then the intake, once. Nothing of
 * the body is looked at before its signature was right. Safe for any thread, never blocks.
 */
@Singleton
class WebhookDoor {
    private final WebhookConfig config;
    private final WebhookSignature signature;
    private final UrlChallenges challenges;
    private final WebhookReader reader;
    private final ReplayCache replays;
    private final WebhookIntake intake;
    private final SharedIntake shared;

    WebhookDoor(
            WebhookConfig config,
            WebhookSignature signature,
            UrlChallenges challenges,
            WebhookReader reader,
            ReplayCache replays,
            WebhookIntake intake,
            SharedIntake shared) {
        this.config = config;
        this.signature = signature;
        this.challenges = challenges;
        this.reader = reader;
        this.replays = replays;
        this.intake = intake;
        this.shared = shared;
    }

    /** Answers a request to this app. */
    Outcome answer(App app, WebhookResource.Proof proof, byte[] body) {
        if (app.webhookSecrets().isEmpty()) {
            return Outcome.refused(
                    Outcome.Result.UNAVAILABLE,
                    Response.Status.SERVICE_UNAVAILABLE,
                    "No webhook secret is configured: set %s.".formatted(app.webhookSecretsKey()));
        }
        if (!signature.matches(app, proof.signature(), proof.timestamp(), body)) {
            return Outcome.refused(
                    Outcome.Result.UNAUTHORIZED,
                    Response.Status.UNAUTHORIZED,
                    "x-zm-signature is missing or wrong for this body and x-zm-request-timestamp.");
        }
        if (!signature.isRecent(proof.timestamp())) {
            return Outcome.refused(
                    Outcome.Result.STALE,
                    Response.Status.UNAUTHORIZED,
                    "x-zm-request-timestamp is more than %d s off."
                            .formatted(config.maxAge().toSeconds()));
        }
        if (proof.validator() != null && !proof.validator().isEmpty()) {
            return challenges.echo(app, proof.validator());
        }
        try {
            return take(app, proof.signature(), reader.read(body), body);
        } catch (InvalidWebhookException e) {
            return Outcome.refused(Outcome.Result.INVALID, Response.Status.BAD_REQUEST, e.getMessage());
        }
    }

    /** A challenge is answered however often it comes: it changes nothing, and Zoom wants to hear the answer. */
    private Outcome take(App app, String signed, Webhook webhook, byte[] body) {
        if (webhook instanceof Webhook.UrlValidation validation) {
            return challenges.answer(app, validation.plainToken());
        }
        String event = label(webhook);
        return switch (accept(app, signed, webhook, body)) {
            case TAKEN -> Outcome.taken(event, Outcome.Result.ACCEPTED);
            case REPLAYED -> Outcome.taken(event, Outcome.Result.REPLAYED);
            case REFUSED ->
                Outcome.refused(
                        event,
                        Outcome.Result.UNAVAILABLE,
                        Response.Status.SERVICE_UNAVAILABLE,
                        "Too much to do just now, please come again.");
        };
    }

    private ReplayCache.Verdict accept(App app, String signed, Webhook webhook, byte[] body) {
        return shared.isShared()
                ? shared.accept(app.name(), signed, body)
                : replays.once(app.name(), signed, () -> intake.accept(app.name(), webhook));
    }

    /** Anybody may name events as they like; only those that are known become labels. */
    private static String label(Webhook webhook) {
        boolean known = !(webhook instanceof Webhook.Other) || AccountNotices.isNotice(webhook.event());
        return known ? webhook.event() : "other";
    }
}
