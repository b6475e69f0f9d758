package io.rtms.webhook;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.rtms.fuzz.Fuzzing;
import io.rtms.http.JsonBody;
import io.rtms.stream.AllowedServers;
import io.rtms.stream.JoinRequest;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Bodies of webhooks, and of joins by hand. */
class WebhookFuzzTest {
    private final WebhookReader reader = new WebhookReader(new AllowedServers(List.of("*.zoom.us"), false));

    @Test
    void aBodyIsReadOrRefusedInWords() throws InterruptedException {
        Fuzzing.fuzz("webhook", body -> {
            try {
                return outcome(reader.read(body));
            } catch (InvalidWebhookException e) {
                return words(e);
            }
        });
    }

    @Test
    void aJoinByHandIsReadOrRefusedInWords() throws InterruptedException {
        AllowedServers servers = new AllowedServers(List.of("*.zoom.us"), true);
        Fuzzing.fuzz("webhook", body -> {
            try {
                JoinRequest request = servers.admit(JoinRequest.fromWebhook(JsonBody.object(body)));
                return "joins " + request.stream().product()
                        + request.serverUrls().size();
            } catch (IllegalArgumentException e) {
                return words(e);
            }
        });
    }

    private static String outcome(Webhook webhook) {
        assertFalse(webhook.event().isEmpty());
        assertTrue(webhook.payload().isObject());
        return switch (webhook) {
            case Webhook.StreamStarted started -> {
                assertBounded(started.streamId());
                assertBounded(started.stream().id());
                yield "started " + started.stream().product()
                        + started.serverUrls().size();
            }
            case Webhook.StreamStopped stopped -> {
                assertBounded(stopped.streamId());
                yield "stopped " + stopped.reason();
            }
            case Webhook.StreamInterrupted interrupted -> {
                assertBounded(interrupted.streamId());
                yield "interrupted " + interrupted.serverUrls().size();
            }
            case Webhook.UrlValidation validation -> {
                assertBounded(validation.plainToken());
                yield "validation";
            }
            case Webhook.Other other -> "other " + AccountNotices.isNotice(other.event());
        };
    }

    private static void assertBounded(String text) {
        assertTrue(!text.isEmpty() && text.length() <= 256, "1 to 256 characters");
    }

    /** What is answered: short enough for a line, and without the names of classes. */
    private static String words(Exception e) {
        assertTrue(e.getMessage() != null && e.getMessage().length() < 400, "words");
        assertFalse(e.getMessage().contains("com.fasterxml"), e.getMessage());
        return e.getMessage().replaceAll("(?s)the host .*, which|event .* is", "");
    }
}
