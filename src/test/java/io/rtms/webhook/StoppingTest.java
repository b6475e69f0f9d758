package io.rtms.webhook;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.containsString;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.runtime.ShutdownDelayInitiatedEvent;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.rtms.RtmsManager;
import io.rtms.StoppingException;
import io.rtms.event.StopReason;
import io.rtms.event.WebhookReceived;
import io.rtms.simulator.PlayOptions;
import io.rtms.simulator.SimulatedMeeting;
import io.rtms.simulator.Simulator;
import io.rtms.simulator.script.MeetingScript;
import io.rtms.stream.Apps;
import io.rtms.stream.JoinRequest;
import io.rtms.stream.StreamJournal;
import jakarta.enterprise.event.Event;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** A service on its way down: what it accepted is not lost, and nothing more is accepted. */
@QuarkusTest
@TestProfile(StoppingTest.WithJournal.class)
class StoppingTest {
    @Inject
    Simulator simulator;

    @Inject
    RtmsManager manager;

    @Inject
    WebhookIntake intake;

    @Inject
    StreamJournal journal;

    @Inject
    Event<ShutdownDelayInitiatedEvent> delay;

    @Inject
    Apps apps;

    @Inject
    Slow slow;

    @Test
    void whatWasAcceptedIsKeptForTheNextStartAndNothingMoreIsAccepted() throws Exception {
        slow.armed = true;
        SimulatedMeeting meeting = simulator.play(MeetingScript.demo(), PlayOptions.defaults());
        assertTrue(slow.began.await(20, TimeUnit.SECONDS), "the webhook is being looked at");

        delay.fire(new ShutdownDelayInitiatedEvent());
        given().header("Authorization", "Bearer test-token")
                .contentType("application/json")
                .body("{\"meeting_uuid\":\"m\",\"rtms_stream_id\":\"late\",\"server_urls\":\"wss://a.zoom.us\"}")
                .post("/api/streams")
                .then()
                .statusCode(503)
                .contentType("application/problem+json")
                .body("detail", containsString("stops"));
        String body = "{\"event\":\"app.other\",\"event_ts\":1,\"payload\":{}}";
        ZoomSignature.post("/webhook", apps.defaultApp().webhookSecrets().getFirst(), body)
                .statusCode(503);
        assertThrows(
                StoppingException.class,
                () -> manager.join(JoinRequest.builder()
                        .meetingUuid("m")
                        .streamId("late")
                        .serverUrls("wss://a.zoom.us")
                        .build()));

        slow.goOn.countDown();
        intake.stop(new ShutdownEvent());
        assertEquals(
                List.of(meeting.streamId()),
                journal.pending().stream()
                        .map(request -> request.stream().streamId())
                        .toList());
        assertTrue(manager.stream(meeting.streamId()).isEmpty());
        meeting.stop(StopReason.MEETING_ENDED);
    }

    /** Looks at the first webhook until it is told to go on. */
    @Singleton
    static class Slow {
        final CountDownLatch began = new CountDownLatch(1);
        final CountDownLatch goOn = new CountDownLatch(1);
        volatile boolean armed;

        void onWebhook(@Observes WebhookReceived webhook) throws InterruptedException {
            if (armed && webhook.event().equals("meeting.rtms_started")) {
                began.countDown();
                goOn.await(20, TimeUnit.SECONDS);
            }
        }
    }

    /** With a journal, which tests have not. */
    public static class WithJournal implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            try {
                return Map.of(
                        "rtms.stream.journal-dir",
                        Files.createTempDirectory("rtms-journal").toString());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
