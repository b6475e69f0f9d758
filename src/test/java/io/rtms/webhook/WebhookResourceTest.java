package io.rtms.webhook;

import static io.restassured.RestAssured.given;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import io.rtms.LogLines;
import io.rtms.RtmsManager;
import io.rtms.stream.Apps;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Zoom's door from outside: each of the steps of interfaces section 1. */
@QuarkusTest
class WebhookResourceTest {
    @Inject
    Apps apps;

    @Inject
    RtmsManager manager;

    @Inject
    MeterRegistry metrics;

    @Inject
    ReceivedWebhooks received;

    private final String streamId = UUID.randomUUID().toString();

    private final LogLines log = new LogLines();

    @BeforeEach
    void listen() {
        log.begin();
    }

    @AfterEach
    void nothingSecretIsLogged() {
        log.end();
        String lines = log.text();
        assertFalse(lines.contains(secret()), "the webhook secret is in the log");
        assertFalse(lines.contains(apps.defaultApp().clientSecret().orElseThrow()), "the client secret is in the log");
        assertFalse(lines.contains("v0="), "a signature is in the log");
        assertFalse(lines.contains("classified"), "a body is in the log");
    }

    @Test
    void answersTheUrlValidation() {
        String body =
                "{\"event\":\"endpoint.url_validation\",\"event_ts\":1,\"payload\":{\"plainToken\":\"qgg8vlvZRS6UYooatFL8Aw\"}}";
        post(body)
                .statusCode(200)
                .contentType("application/json")
                .body("plainToken", equalTo("qgg8vlvZRS6UYooatFL8Aw"))
                .body("encryptedToken", equalTo(ZoomSignature.hmac(secret(), "qgg8vlvZRS6UYooatFL8Aw")));
    }

    @Test
    void answersTheOlderValidatorHeader() {
        String body = "{}";
        given().headers(signed(body, now()))
                .header("x-zm-webhook-validator", "abc")
                .body(body)
                .post("/webhook")
                .then()
                .statusCode(200)
                .body("plainToken", equalTo("abc"));
    }

    @Test
    void takesASignedWebhookOnceAndTellsExtensions() {
        String body = "{\"event\":\"app.unknown\",\"event_ts\":7,\"payload\":{\"x\":\"%s ü 😀\"}}".formatted(streamId);
        post(body).statusCode(204);
        await().atMost(Duration.ofSeconds(5))
                .until(() -> !received.with("x", streamId).isEmpty());
    }

    @Test
    void refusesAWrongOrMissingSignatureWithoutReadingTheBody() {
        double failures = count("rtms.signature.failures");
        String body = started("wss://a.zoom.us");
        Map<String, String> headers = Map.of("x-zm-signature", "v0=" + "0".repeat(64), "x-zm-request-timestamp", now());
        given().headers(headers)
                .body(body)
                .post("/webhook")
                .then()
                .statusCode(401)
                .contentType("application/problem+json")
                .body("status", equalTo(401))
                .body("detail", containsString("x-zm-signature"));
        given().body("not JSON at all").post("/webhook").then().statusCode(401);
        assertEquals(failures + 2, count("rtms.signature.failures"));
        nothingIsJoined();
    }

    @Test
    void refusesASignatureOverOtherBytes() {
        Map<String, String> headers = signed(started("wss://a.zoom.us"), now());
        given().headers(headers)
                .body(started("wss://a.zoom.us") + " ")
                .post("/webhook")
                .then()
                .statusCode(401);
        nothingIsJoined();
    }

    @ParameterizedTest
    @ValueSource(longs = {-400, 400, -1_700_000_000})
    void refusesAStaleTimestamp(long secondsOff) {
        double stale = count("rtms.webhooks", "event", "unknown", "result", "stale", "app", "default");
        String body = started("wss://a.zoom.us");
        String timestamp = Long.toString(Instant.now().getEpochSecond() + secondsOff);
        given().headers(signed(body, timestamp))
                .body(body)
                .post("/webhook")
                .then()
                .statusCode(401)
                .body("detail", containsString("x-zm-request-timestamp"));
        assertEquals(stale + 1, count("rtms.webhooks", "event", "unknown", "result", "stale", "app", "default"));
        nothingIsJoined();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "x", "99999999999999999999", "1.5", "-9223372036854775808"})
    void refusesATimestampThatIsNone(String timestamp) {
        String body = started("wss://a.zoom.us");
        given().headers(signed(body, timestamp))
                .body(body)
                .post("/webhook")
                .then()
                .statusCode(401);
        nothingIsJoined();
    }

    @Test
    void refusesABodyOverTheLimit() {
        double tooLarge = count("rtms.webhooks", "event", "unknown", "result", "too_large");
        String body = "{\"event\":\"" + "x".repeat(65536) + "\"}";
        post(body).statusCode(413).contentType("application/problem+json");
        assertEquals(tooLarge + 1, count("rtms.webhooks", "event", "unknown", "result", "too_large"));
    }

    @Test
    void namesAMissingField() {
        double invalid = count("rtms.webhooks", "event", "unknown", "result", "invalid");
        post("{\"event\":\"meeting.rtms_started\",\"event_ts\":1,\"payload\":{\"rtms_stream_id\":\"%s\",\"secretly\":\"classified\"}}"
                        .formatted(streamId))
                .statusCode(400)
                .contentType("application/problem+json")
                .body("detail", containsString("payload.meeting_uuid"));
        assertEquals(invalid + 1, count("rtms.webhooks", "event", "unknown", "result", "invalid"));
        nothingIsJoined();
    }

    @Test
    void refusesAForeignHost() {
        double invalid = count("rtms.webhooks", "event", "unknown", "result", "invalid");
        post(started("wss://evil.example:443"))
                .statusCode(400)
                .body("detail", containsString("payload.server_urls names the host evil.example"));
        assertEquals(invalid + 1, count("rtms.webhooks", "event", "unknown", "result", "invalid"));
        nothingIsJoined();
    }

    @Test
    void joinsAStreamOnceHoweverOftenZoomComes() {
        String body = started("ws://127.0.0.1:9");
        for (int i = 0; i < 5; i++) {
            post(body).statusCode(204);
        }
        await().atMost(Duration.ofSeconds(5))
                .until(() -> manager.stream(streamId).isPresent());
        String marker = "{\"event\":\"app.marker\",\"event_ts\":7,\"payload\":{\"marker\":\"%s\"}}".formatted(streamId);
        post(marker).statusCode(204);
        await().atMost(Duration.ofSeconds(5))
                .until(() -> !received.with("marker", streamId).isEmpty());
        assertEquals(1, received.with("rtms_stream_id", streamId).size());
        assertEquals(1, manager.stream(streamId).orElseThrow().snapshot().attempts());
        manager.stream(streamId).orElseThrow().leave();
    }

    private void nothingIsJoined() {
        assertTrue(manager.stream(streamId).isEmpty(), "nothing is joined");
    }

    private String started(String url) {
        return "{\"event\":\"meeting.rtms_started\",\"event_ts\":1700000000000,\"payload\":{\"meeting_uuid\":\"m\",\"rtms_stream_id\":\"%s\",\"server_urls\":\"%s\"}}"
                .formatted(streamId, url);
    }

    private ValidatableResponse post(String body) {
        return given().headers(signed(body, now()))
                .contentType("application/json; charset=utf-8")
                .body(body.getBytes(StandardCharsets.UTF_8))
                .post("/webhook")
                .then();
    }

    private Map<String, String> signed(String body, String timestamp) {
        return ZoomSignature.headers(secret(), body, timestamp);
    }

    private String secret() {
        return apps.defaultApp().webhookSecrets().getFirst();
    }

    private static String now() {
        return ZoomSignature.now();
    }

    private double count(String name, String... tags) {
        Counter counter = metrics.find(name).tags(tags).counter();
        return counter == null ? 0 : counter.count();
    }
}
