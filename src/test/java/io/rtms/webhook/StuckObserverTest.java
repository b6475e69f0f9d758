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
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A service that stops while an observer of webhooks does not return: what waits behind it was accepted, and Zoom does not send it again. */
@QuarkusTest
@TestProfile(StuckObserverTest.WithJournal.class)
class StuckObserverTest {
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
    void streamsThatStoppedEndAndStreamsThatStartedAreKept() throws InterruptedException {
        SimulatedMeeting meeting = simulator.play(Turns.script(600), PlayOptions.defaults());
        await().atMost(Duration.ofSeconds(20))
                .until(() -> !recorded.lines(meeting.streamId()).isEmpty());
        post("{\"event\":\"stuck\",\"event_ts\":1,\"payload\":{}}");
        assertTrue(stuck.began.await(20, TimeUnit.SECONDS));
        post("""
                {"event":"meeting.rtms_stopped","event_ts":%d,"payload":
                    {"meeting_uuid":"%s","rtms_stream_id":"%s","stop_reason":8}}""".formatted(System.currentTimeMillis(), meeting.meetingUuid(), meeting.streamId()));
        post("""
                {"event":"meeting.rtms_started","event_ts":%d,"payload":
                    {"meeting_uuid":"m","rtms_stream_id":"late","server_urls":"%s"}}""".formatted(System.currentTimeMillis(), simulator.signalingUrl()));

        intake.stop(new ShutdownEvent());

        await().atMost(Duration.ofSeconds(20)).until(() -> recorded.isOver(meeting.streamId()));
        assertEquals(
                StopReason.STREAM_REVOKED.name(),
                recorded.of(meeting.streamId(), StreamLeft.class)
                        .getFirst()
                        .cause()
                        .name());
        assertEquals(
                List.of("late"),
                journal.pending().stream()
                        .map(request -> request.stream().streamId())
                        .toList());
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
            if (!webhook.event().equals("stuck")) {
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
    public static class WithJournal extends StoppingTest.WithJournal {}
}
