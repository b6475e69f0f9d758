package io.rtms.webhook;

import static io.restassured.RestAssured.given;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.matchesRegex;
import static org.hamcrest.Matchers.not;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.restassured.response.ValidatableResponse;
import io.rtms.LogLines;
import io.rtms.event.WebhookReceived;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What strangers try at the webhook's door, and what happens while a secret is exchanged for another. */
@QuarkusTest
@TestProfile(WebhookSecurityTest.Rotating.class)
class WebhookSecurityTest {
    private static final String NEW = "the-newer-secret";
    private static final String OLD = "the-older-secret";
    private static final int RATE = 3;

    /** Two secrets, an intake for one webhook, and few challenges for the apps "asked" and "heard". */
    public static final class Rotating implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of(
                    "rtms.webhook.secrets",
                    NEW + ", " + OLD,
                    "rtms.apps.twin.webhook-secrets",
                    NEW,
                    "rtms.apps.asked.webhook-secrets",
                    "asked-secret",
                    "rtms.apps.heard.webhook-secrets",
                    "heard-secret",
                    "rtms.webhook.challenge-rate",
                    String.valueOf(RATE),
                    "rtms.webhook.intake-capacity",
                    "1",
                    "quarkus.http.access-log.enabled",
                    "true");
        }
    }

    /** An observer that can be made to wait, so that the intake fills up. */
    @Singleton
    public static class Gate {
        private volatile CountDownLatch closed = new CountDownLatch(0);
        private volatile CountDownLatch reached = new CountDownLatch(1);

        void onWebhook(@Observes WebhookReceived webhook) throws InterruptedException {
            reached.countDown();
            closed.await(20, TimeUnit.SECONDS);
        }

        void close() {
            reached = new CountDownLatch(1);
            closed = new CountDownLatch(1);
        }

        void open() {
            closed.countDown();
        }
    }

    @Inject
    ReceivedWebhooks received;

    @Inject
    Gate gate;

    @Inject
    MeterRegistry metrics;

    private final String marker = UUID.randomUUID().toString();
    private final LogLines log = new LogLines();

    @BeforeEach
    void listen() {
        log.begin();
    }

    @AfterEach
    void nothingSecretIsLogged() {
        gate.open();
        log.end();
        String lines = log.text();
        for (String secret : new String[] {NEW, OLD, "asked-secret", "heard-secret", "v0=", "classified"}) {
            assertFalse(lines.contains(secret), () -> secret + " is in the log");
        }
        // A meeting of an earlier test may be ending still, and its webhooks find nobody any more.
        assertFalse(
                lines.lines().anyMatch(line -> line.contains("ERROR") && !line.contains("io.rtms.simulator")),
                () -> "an error of ours: " + lines);
    }

    @Test
    void theSameRequestAgainIsAnsweredAndDoesNothing() {
        double before = counted("replayed");
        String body = marker(marker);
        Map<String, String> headers = ZoomSignature.headers(NEW, body, ZoomSignature.now());
        for (int i = 0; i < 3; i++) {
            post("/webhook", headers, body).statusCode(204);
        }
        assertEquals(before + 2, counted("replayed"));
        String last = marker("after " + marker);
        await().until(() -> post("/webhook", ZoomSignature.headers(NEW, last, ZoomSignature.now()), last)
                        .extract()
                        .statusCode()
                == 204);
        await().until(() -> !received.with("marker", "after " + marker).isEmpty());
        assertEquals(1, received.with("marker", marker).size());
        post("/webhook/twin", headers, body).statusCode(204);
        await().until(() -> received.with("marker", marker).size() == 2);
        assertEquals("twin", received.with("marker", marker).getLast().app(), "each app takes its own");
    }

    @Test
    void whatTheIntakeCouldNotTakeIsTakenWhenItComesAgain() throws InterruptedException {
        gate.close();
        accept(marker("first " + marker));
        assertTrue(gate.reached.await(20, TimeUnit.SECONDS), "the first one is being acted on");
        accept(marker("second " + marker));
        String body = marker("third " + marker);
        Map<String, String> headers = ZoomSignature.headers(NEW, body, ZoomSignature.now());
        post("/webhook", headers, body).statusCode(503).contentType("application/problem+json");
        post("/webhook", headers, body).statusCode(503);
        gate.open();
        await().until(() -> !received.with("marker", "second " + marker).isEmpty());
        post("/webhook", headers, body).statusCode(204);
        await().until(() -> !received.with("marker", "third " + marker).isEmpty());
        post("/webhook", headers, body).statusCode(204);
    }

    @Test
    void whileASecretIsExchangedBothSignAndTheNewestAnswers() {
        for (String secret : new String[] {NEW, OLD}) {
            accept(secret, marker(marker + secret.hashCode()));
            ZoomSignature.post("/webhook/twin", secret, validation("token")).statusCode(secret.equals(NEW) ? 200 : 401);
        }
        ZoomSignature.post("/webhook", OLD, validation("token"))
                .statusCode(200)
                .body("encryptedToken", equalTo(ZoomSignature.hmac(NEW, "token")));
        ZoomSignature.post("/webhook", "the-oldest-secret", marker(marker)).statusCode(401);
    }

    /** Whoever knows a former secret could have the new one sign a webhook of any time to come. */
    @Test
    void aLeakedFormerSecretForgesNothingUnderTheNewOne() {
        String forged = marker("forged " + marker);
        String later = "1893456000";
        String text = "v0:%s:%s".formatted(later, forged).replace("\"", "\\\"");
        ZoomSignature.post("/webhook", OLD, validation(text))
                .statusCode(400)
                .body("detail", containsString("payload.plainToken"))
                .body(not(containsString(ZoomSignature.hmac(NEW, "v0:" + later + ":" + forged))));
    }

    @ParameterizedTest
    @ValueSource(strings = {"v0:1:x", "a:b", "a b", "ü", "a\\u0000", "a\\nb", "a\\\\b", "%41", "<a>", "\\ud800"})
    void signsNothingButPlainTokens(String token) {
        ZoomSignature.post("/webhook/asked", "asked-secret", validation(token))
                .statusCode(400)
                .contentType("application/problem+json")
                .body(not(containsString("encryptedToken")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"v0:1:x", "a b", "<script>"})
    void echoesNothingButPlainTokens(String token) {
        given().headers(ZoomSignature.headers("asked-secret", "{}", ZoomSignature.now()))
                .header("x-zm-webhook-validator", token)
                .body("{}")
                .post("/webhook/asked")
                .then()
                .statusCode(400)
                .body("detail", containsString("x-zm-webhook-validator"))
                .body(not(containsString("plainToken")));
    }

    @Test
    void signsNothingThatIsTooLong() {
        ZoomSignature.post("/webhook/asked", "asked-secret", validation("a".repeat(257)))
                .statusCode(400);
        given().headers(ZoomSignature.headers("asked-secret", "{}", ZoomSignature.now()))
                .header("x-zm-webhook-validator", "a".repeat(257))
                .body("{}")
                .post("/webhook/asked")
                .then()
                .statusCode(400);
    }

    @Test
    void answersNoChallengeOfAStranger() {
        given().body(validation("token"))
                .post("/webhook")
                .then()
                .statusCode(401)
                .body(not(containsString(ZoomSignature.hmac(NEW, "token"))));
        given().header("x-zm-webhook-validator", "token")
                .body("{}")
                .post("/webhook")
                .then()
                .statusCode(401)
                .body(not(containsString("plainToken")));
    }

    @Test
    void answersSoManyChallengesAMinuteForEachApp() {
        for (int i = 0; i < 20; i++) {
            given().body(validation("token")).post("/webhook/asked").then().statusCode(401);
        }
        for (int i = 0; i < RATE; i++) {
            ZoomSignature.post("/webhook/asked", "asked-secret", validation("token" + i))
                    .statusCode(200);
        }
        ZoomSignature.post("/webhook/asked", "asked-secret", validation("another"))
                .statusCode(429)
                .contentType("application/problem+json")
                .header("Retry-After", matchesRegex("[1-9]|1[0-9]|2[01]"));
        ZoomSignature.post("/webhook/twin", NEW, validation("token")).statusCode(200);
    }

    /** The header is not signed: whoever recorded a webhook can add one to it and send it again and again. */
    @Test
    void aRecordedWebhookTakesNothingFromValidations() {
        String body = marker(marker);
        Map<String, String> recorded = new HashMap<>(ZoomSignature.headers("heard-secret", body, ZoomSignature.now()));
        recorded.put("x-zm-webhook-validator", "token");
        for (int i = 0; i < RATE; i++) {
            post("/webhook/heard", recorded, body).statusCode(200).body("plainToken", equalTo("token"));
        }
        post("/webhook/heard", recorded, body).statusCode(429).contentType("application/problem+json");
        ZoomSignature.post("/webhook/heard", "heard-secret", validation("token"))
                .statusCode(200)
                .body("encryptedToken", equalTo(ZoomSignature.hmac("heard-secret", "token")));
    }

    /** Another test may have had its ten lines just now: then it takes a second until there is one more. */
    @Test
    void writesDownWhoWasTurnedAway() {
        await().until(() -> {
            given().body(marker(marker))
                    .post("/webhook?token=classified")
                    .then()
                    .statusCode(401);
            return !log.with("why=\"x-zm-signature is missing or wrong").isEmpty();
        });
        String line = log.with("why=\"x-zm-signature").getFirst();
        assertTrue(
                line.startsWith("WARN io.rtms.audit refused door=webhook what=\"POST /webhook\" who=\"127.0.0.1:"),
                line);
        await().until(() -> {
            given().body("x".repeat(70_000)).post("/webhook").then().statusCode(413);
            return !log.with("why=\"The body is larger than 65536 bytes.\"").isEmpty();
        });
        await().until(() -> !log.with("\"POST /webhook\" 401").isEmpty());
    }

    private void accept(String body) {
        accept(NEW, body);
    }

    /** The intake has room for one, so another may have to wait a moment. */
    private void accept(String secret, String body) {
        await().until(() ->
                ZoomSignature.post("/webhook", secret, body).extract().statusCode() == 204);
    }

    private static ValidatableResponse post(String path, Map<String, String> headers, String body) {
        return given().headers(headers)
                .body(body.getBytes(StandardCharsets.UTF_8))
                .post(path)
                .then();
    }

    private double counted(String result) {
        return metrics.counter("rtms.webhooks", "event", "other", "result", result, "app", "default")
                .count();
    }

    private static String marker(String marker) {
        return "{\"event\":\"app.marker\",\"event_ts\":7,\"payload\":{\"marker\":\"%s\"}}".formatted(marker);
    }

    private static String validation(String token) {
        return "{\"event\":\"endpoint.url_validation\",\"event_ts\":1,\"payload\":{\"plainToken\":\"%s\"}}"
                .formatted(token);
    }
}
