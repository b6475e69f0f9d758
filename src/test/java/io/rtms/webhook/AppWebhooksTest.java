package io.rtms.webhook;

import static io.restassured.RestAssured.given;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.rtms.RtmsManager;
import io.rtms.event.StatusCode;
import io.rtms.event.StopReason;
import io.rtms.event.StreamState;
import io.rtms.simulator.PlayOptions;
import io.rtms.simulator.SimulatedMeeting;
import io.rtms.simulator.Simulator;
import io.rtms.simulator.fault.Refusal;
import io.rtms.simulator.script.MeetingScript;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Several apps, each with a path and secrets of its own. */
@QuarkusTest
@TestProfile(AppWebhooksTest.SeveralApps.class)
class AppWebhooksTest {
    @Inject
    RtmsManager manager;

    @Inject
    Simulator simulator;

    @Inject
    ReceivedWebhooks received;

    @Inject
    MeterRegistry metrics;

    private final String marker = UUID.randomUUID().toString();

    @ParameterizedTest
    @CsvSource({
        "/zoom/hook, own-webhook-secret, default",
        "/zoom/hook/sales, sales-webhook-secret, sales",
        "/zoom/hook/sales, sales-former-secret, sales",
        "/zoom/hook/default, own-webhook-secret, default"
    })
    void tellsWhoseWebhookItIs(String path, String secret, String app) {
        ZoomSignature.post(path, secret, body("app.marker", "'marker':'%s'".formatted(marker)))
                .statusCode(204);
        await().until(() -> !received.with("marker", marker).isEmpty());
        assertEquals(app, received.with("marker", marker).getFirst().app());
    }

    @ParameterizedTest
    @CsvSource({
        "/zoom/hook, sales-webhook-secret",
        "/zoom/hook/sales, own-webhook-secret",
        "/zoom/hook/other, sales-webhook-secret"
    })
    void takesTheSecretsOfNoOtherApp(String path, String secret) {
        ZoomSignature.post(path, secret, body("app.marker", "'marker':'m'")).statusCode(401);
    }

    @Test
    void knowsNoPathOfAnAppThatIsNotConfigured() {
        ZoomSignature.post("/zoom/hook/nobody", "own-webhook-secret", body("app.marker", "'marker':'m'"))
                .statusCode(404)
                .contentType("application/problem+json")
                .body("detail", equalTo("No app with this name is configured."));
        assertTrue(metrics.counter("rtms.webhooks", "event", "unknown", "result", "unknown_app", "app", "unknown")
                        .count()
                > 0);
    }

    @Test
    void saysWhichKeyIsMissingForAnAppWithoutSecrets() {
        ZoomSignature.post("/zoom/hook/half", "x", body("app.marker", "'marker':'m'"))
                .statusCode(503)
                .body("detail", containsString("rtms.apps.half.webhook-secrets"));
    }

    @Test
    void answersTheUrlValidationWithTheAppsNewestSecret() {
        ZoomSignature.post(
                        "/zoom/hook/sales",
                        "sales-former-secret",
                        body("endpoint.url_validation", "'plainToken':'token'"))
                .statusCode(200)
                .body("encryptedToken", equalTo(ZoomSignature.hmac("sales-webhook-secret", "token")));
    }

    @Test
    void joinsWithTheCredentialsOfTheApp() {
        SimulatedMeeting meeting = play();
        start(meeting, "/zoom/hook/sales", "sales-webhook-secret");
        awaitState(meeting, StreamState.LIVE);
        assertEquals(
                "sales",
                manager.stream(meeting.streamId()).orElseThrow().snapshot().app());
        manager.stream(meeting.streamId()).orElseThrow().leave();
        SimulatedMeeting other = play();
        start(other, "/zoom/hook/other", "other-webhook-secret");
        awaitState(other, StreamState.FAILED);
        assertEquals(
                "INVALID_SIGNATURE",
                manager.stream(other.streamId())
                        .orElseThrow()
                        .snapshot()
                        .cause()
                        .name());
        other.stop(StopReason.EXIT_SIGNAL);
    }

    @Test
    void anotherAppHasNoSayOverAStream() {
        SimulatedMeeting meeting = play();
        start(meeting, "/zoom/hook/sales", "sales-webhook-secret");
        awaitState(meeting, StreamState.LIVE);
        String id = "'rtms_stream_id':'%s','meeting_uuid':'m','marker':'%s'".formatted(meeting.streamId(), marker);
        String elsewhere = id + ",'server_urls':'ws://127.0.0.1:9'";
        String path = "/zoom/hook/other";
        String secret = "other-webhook-secret";
        ZoomSignature.post(path, secret, body("meeting.rtms_stopped", id)).statusCode(204);
        ZoomSignature.post(path, secret, body("meeting.rtms_interrupted", elsewhere))
                .statusCode(204);
        ZoomSignature.post(path, secret, body("meeting.rtms_started", elsewhere))
                .statusCode(204);
        await().until(() -> received.with("marker", marker).size() == 3);
        ZoomSignature.post(path, secret, body("app.marker", "'marker':'after %s'".formatted(marker)))
                .statusCode(204);
        await().until(() -> !received.with("marker", "after " + marker).isEmpty());
        assertEquals(
                StreamState.LIVE,
                manager.stream(meeting.streamId()).orElseThrow().snapshot().state());
        ZoomSignature.post("/zoom/hook/sales", "sales-webhook-secret", body("meeting.rtms_stopped", id))
                .statusCode(204);
        awaitState(meeting, StreamState.ENDED);
    }

    @Test
    void aStreamThatAnotherAppJoinedInVainIsJoined() {
        SimulatedMeeting meeting = play();
        start(meeting, "/zoom/hook/other", "other-webhook-secret");
        awaitState(meeting, StreamState.FAILED);
        start(meeting, "/zoom/hook/sales", "sales-webhook-secret");
        awaitState(meeting, StreamState.LIVE);
        assertEquals("sales", app(meeting));
        manager.stream(meeting.streamId()).orElseThrow().leave();
    }

    @Test
    void aStreamThatWasGivenUpIsJoinedOnTheServersThatAnInterruptionNames() {
        SimulatedMeeting meeting = play();
        meeting.refuse(Refusal.of(Refusal.Request.SIGNALING_HANDSHAKE, StatusCode.INVALID_SIGNATURE)
                .times(1));
        start(meeting, "/zoom/hook/sales", "sales-webhook-secret");
        awaitState(meeting, StreamState.FAILED);
        interrupt(meeting, "/zoom/hook/other", "other-webhook-secret", simulator.signalingUrl());
        interrupt(meeting, "/zoom/hook/sales", "sales-webhook-secret", "");
        interrupt(meeting, "/zoom/hook/sales", "sales-webhook-secret", simulator.signalingUrl());
        awaitState(meeting, StreamState.LIVE);
        assertEquals("sales", app(meeting));
        assertEquals(2, meeting.signalingAttempts());
        manager.stream(meeting.streamId()).orElseThrow().leave();
    }

    private static void interrupt(SimulatedMeeting meeting, String path, String secret, String url) {
        String fields = "'rtms_stream_id':'%s','meeting_uuid':'%s'".formatted(meeting.streamId(), meeting.meetingUuid())
                + (url.isEmpty() ? "" : ",'server_urls':'%s'".formatted(url));
        ZoomSignature.post(path, secret, body("meeting.rtms_interrupted", fields))
                .statusCode(204);
    }

    @Test
    void aStreamThatWasLiveUnderAnotherAppStaysThatApps() {
        SimulatedMeeting meeting = play();
        start(meeting, "/zoom/hook/sales", "sales-webhook-secret");
        awaitState(meeting, StreamState.LIVE);
        meeting.stop(StopReason.MEETING_ENDED);
        String id = "'rtms_stream_id':'%s','meeting_uuid':'m'".formatted(meeting.streamId());
        ZoomSignature.post("/zoom/hook/sales", "sales-webhook-secret", body("meeting.rtms_stopped", id))
                .statusCode(204);
        awaitState(meeting, StreamState.ENDED);
        start(meeting, "/zoom/hook/other", "other-webhook-secret");
        ZoomSignature.post(
                        "/zoom/hook/other",
                        "other-webhook-secret",
                        body("app.marker", "'marker':'over %s'".formatted(marker)))
                .statusCode(204);
        await().until(() -> !received.with("marker", "over " + marker).isEmpty());
        assertEquals("sales", app(meeting));
    }

    private String app(SimulatedMeeting meeting) {
        return manager.stream(meeting.streamId()).orElseThrow().snapshot().app();
    }

    @Test
    void isReadyOnlyWithTheSecretsOfEveryApp() {
        given().get("/q/health/ready")
                .then()
                .statusCode(503)
                .body("checks.find { it.name == 'credentials' }.data.default", equalTo("set"))
                .body("checks.find { it.name == 'credentials' }.data.sales", equalTo("set"))
                .body(
                        "checks.find { it.name == 'credentials' }.data.half",
                        equalTo(
                                "missing: set rtms.apps.half.client-id and rtms.apps.half.client-secret and rtms.apps.half.webhook-secrets"));
    }

    @Test
    void countsStreamsByApp() {
        String page = given().get("/q/metrics").then().statusCode(200).extract().asString();
        assertTrue(page.contains("rtms_streams{app=\"sales\",state=\"live\"}"), "a gauge for each app");
    }

    private SimulatedMeeting play() {
        return simulator.play(
                MeetingScript.demo(), PlayOptions.defaults().withWebhooks(false).withSpeed(1));
    }

    private void start(SimulatedMeeting meeting, String path, String secret) {
        String fields = "'rtms_stream_id':'%s','meeting_uuid':'%s','server_urls':'%s'"
                .formatted(meeting.streamId(), meeting.meetingUuid(), simulator.signalingUrl());
        ZoomSignature.post(path, secret, body("meeting.rtms_started", fields)).statusCode(204);
    }

    private void awaitState(SimulatedMeeting meeting, StreamState state) {
        await().atMost(Duration.ofSeconds(15))
                .until(() -> manager.stream(meeting.streamId())
                        .filter(client -> client.snapshot().state() == state)
                        .isPresent());
    }

    private static String body(String event, String payload) {
        return "{'event':'%s','event_ts':%d,'payload':{%s}}"
                .formatted(event, System.currentTimeMillis(), payload)
                .replace('\'', '"');
    }

    /** Three apps beside the default one; the simulator, which knows the default app's credentials, is joined by two of them. */
    public static class SeveralApps implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.ofEntries(
                    Map.entry("rtms.webhook.path", "zoom/hook/"),
                    Map.entry("rtms.webhook.secrets", "own-webhook-secret"),
                    Map.entry("rtms.app.client-id", "client"),
                    Map.entry("rtms.app.client-secret", "client-secret"),
                    Map.entry("rtms.apps.sales.client-id", "client"),
                    Map.entry("rtms.apps.sales.client-secret", "client-secret"),
                    Map.entry("rtms.apps.sales.webhook-secrets", "sales-webhook-secret,sales-former-secret"),
                    Map.entry("rtms.apps.other.client-id", "client"),
                    Map.entry("rtms.apps.other.client-secret", "another-secret"),
                    Map.entry("rtms.apps.other.webhook-secrets", "other-webhook-secret"),
                    Map.entry("rtms.apps.half.verify", "false"));
        }
    }
}
