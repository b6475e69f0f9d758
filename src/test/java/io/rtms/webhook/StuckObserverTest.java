package io.rtms.webhook;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.rtms.RecordedEvents;
import io.rtms.Turns;
import io.rtms.event.StopReason;
import io.rtms.event.StreamLeft;
import io.rtms.event.WebhookReceived;
import io.rtms.simulator.PlayOptions;
import io.rtms.simulator.SimulatedMeeting;
import io.rtms.simulator.Simulator;
import io.rtms.stream.Apps;
import io.rtms.stream.StreamJournal;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A service that stops while an observer of webhooks does not return: what waits behind it was accepted, and Zoom does not send it again. */
@QuarkusTest
@TestProfile(StuckObserverTest.WithJournal.class)
class StuckObserverTest {
    /** Where nobody listens. */
    private static final String ELSEWHERE = "ws://127.0.0.1:9";

    @Inject
    Simulator simulator;

    @Inject
    WebhookIntake intake;

    @Inject
    StreamJournal journal;

    @Inject
    RecordedEvents recorded;

    @Inject
    Apps apps;

    @Inject
    Stuck stuck;

    @AfterEach
    void letGo() {
        stuck.goOn.countDown();
    }

    @Test
    void streamsThatStoppedEndAndStreamsThatStartedOrMovedAreKept() throws InterruptedException {
        SimulatedMeeting meeting = play();
        SimulatedMeeting moved = play();
        post(started("stuck", simulator.signalingUrl()));
        assertTrue(stuck.began.await(20, TimeUnit.SECONDS));
        post("""
                {"event":"meeting.rtms_stopped","event_ts":%d,"payload":
                    {"meeting_uuid":"%s","rtms_stream_id":"%s","stop_reason":8}}""".formatted(System.currentTimeMillis(), meeting.meetingUuid(), meeting.streamId()));
        post(started("late", simulator.signalingUrl()));
        post("""
                {"event":"meeting.rtms_interrupted","event_ts":%d,"payload":
                    {"meeting_uuid":"%s","rtms_stream_id":"%s","server_urls":"%s"}}""".formatted(System.currentTimeMillis(), moved.meetingUuid(), moved.streamId(), ELSEWHERE));
        ZoomSignature.post("/webhook/sales", "sales-webhook-secret", started(moved.streamId(), "ws://127.0.0.1:8"))
                .statusCode(204);

        intake.stop(new ShutdownEvent());

        await().atMost(Duration.ofSeconds(20)).until(() -> recorded.isOver(meeting.streamId()));
        assertEquals(
                StopReason.STREAM_REVOKED.name(),
                recorded.of(meeting.streamId(), StreamLeft.class)
                        .getFirst()
                        .cause()
                        .name());
        Map<String, String> kept = Map.of(
                "stuck",
                "default " + simulator.signalingUrl(),
                "late",
                "default " + simulator.signalingUrl(),
                moved.streamId(),
                "default " + ELSEWHERE);
        await().atMost(Duration.ofSeconds(20)).untilAsserted(() -> assertEquals(kept, pending()));
    }

    private SimulatedMeeting play() {
        SimulatedMeeting meeting = simulator.play(Turns.script(600), PlayOptions.defaults());
        await().atMost(Duration.ofSeconds(20))
                .until(() -> !recorded.lines(meeting.streamId()).isEmpty());
        return meeting;
    }

    /** App and first server of each stream that is written down. */
    private Map<String, String> pending() {
        return journal.pending().stream()
                .collect(Collectors.toMap(
                        request -> request.stream().streamId(),
                        request -> request.app() + " " + request.serverUrls().getFirst()));
    }

    private static String started(String streamId, String url) {
        return """
                {"event":"meeting.rtms_started","event_ts":%d,"payload":
                    {"meeting_uuid":"m","rtms_stream_id":"%s","server_urls":"%s"}}""".formatted(System.currentTimeMillis(), streamId, url);
    }

    private void post(String body) {
        ZoomSignature.post("/webhook", apps.defaultApp().webhookSecrets().getFirst(), body)
                .statusCode(204);
    }

    /** Does not return from one webhook until it is told to, whatever interrupts it. */
    @Singleton
    static class Stuck {
        final CountDownLatch began = new CountDownLatch(1);
        final CountDownLatch goOn = new CountDownLatch(1);

        void onWebhook(@Observes WebhookReceived webhook) {
            if (!webhook.payload().path("rtms_stream_id").asText().equals("stuck")) {
                return;
            }
            began.countDown();
            while (goOn.getCount() > 0) {
                try {
                    goOn.await(1, TimeUnit.MINUTES);
                } catch (InterruptedException e) {
                    Thread.interrupted();
                }
            }
        }
    }

    /** A service of its own: this one is stopped in the end. */
    public static class WithJournal extends StoppingTest.WithJournal {
        @Override
        public Map<String, String> getConfigOverrides() {
            Map<String, String> overrides = new HashMap<>(super.getConfigOverrides());
            overrides.put("rtms.apps.sales.client-id", "client");
            overrides.put("rtms.apps.sales.client-secret", "client-secret");
            overrides.put("rtms.apps.sales.webhook-secrets", "sales-webhook-secret");
            return overrides;
        }
    }
}
