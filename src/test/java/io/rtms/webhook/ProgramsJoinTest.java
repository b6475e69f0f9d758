package io.rtms.webhook;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.rtms.RtmsManager;
import io.rtms.event.StopReason;
import io.rtms.event.WebhookReceived;
import io.rtms.simulator.PlayOptions;
import io.rtms.simulator.SimulatedMeeting;
import io.rtms.simulator.Simulator;
import io.rtms.simulator.script.MeetingScript;
import io.rtms.stream.JoinRequest;
import io.rtms.stream.RtmsClient;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.Test;

/** A program that joins the streams it is told of with clients of its own, as with the other SDKs. */
@QuarkusTest
@TestProfile(ProgramsJoinTest.Manual.class)
class ProgramsJoinTest {
    private static final Duration LONG = Duration.ofSeconds(30);

    @Inject
    Simulator simulator;

    @Inject
    RtmsManager rtms;

    @Inject
    Program program;

    /** Streams are joined by programs only. */
    public static class Manual implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of("rtms.webhook.auto-join", "false");
        }
    }

    @Test
    void aStreamThatItsClientJoinsIsJoinedOnce() throws InterruptedException {
        program.name = "mine";
        SimulatedMeeting meeting =
                simulator.play(script("mine"), PlayOptions.defaults().withSpeed(20));
        assertTrue(meeting.awaitEnd(LONG).isPresent());
        await().atMost(LONG).until(() -> program.heard.size() == 2);
        assertEquals(1, meeting.signalingAttempts());
        Optional<Integer> attempts =
                rtms.stream(meeting.streamId()).map(stream -> stream.snapshot().attempts());
        assertEquals(Optional.of(1), attempts);
    }

    @Test
    void aStreamThatItLeavesAloneIsJoinedByNobody() {
        program.name = "another";
        SimulatedMeeting meeting = simulator.play(script("theirs"), PlayOptions.defaults());
        await().atMost(LONG).until(() -> program.told.contains(meeting.streamId()));
        await().during(Duration.ofMillis(500)).atMost(LONG).until(() -> meeting.signalingAttempts() == 0);
        meeting.stop(StopReason.HOST_TRIGGERED);
    }

    private static MeetingScript script(String name) {
        return MeetingScript.parse(
                name, "WEBVTT\n\n00:00.000 --> 00:01.000\n<v Ann>one</v>\n\n00:01.000 --> 00:02.000\n<v Bob>two</v>\n");
    }

    /** Joins what it was told to, of its own accord. */
    @Singleton
    static class Program {
        final Queue<String> heard = new ConcurrentLinkedQueue<>();
        final Queue<String> told = new ConcurrentLinkedQueue<>();
        volatile String name;

        @Inject
        RtmsManager rtms;

        void onWebhook(@Observes WebhookReceived webhook) {
            if (webhook.event().endsWith("rtms_started")) {
                JoinRequest request = JoinRequest.fromWebhook(webhook);
                told.add(request.stream().streamId());
                if ("mine".equals(name)) {
                    RtmsClient client = rtms.newClient().onTranscript((text, meta) -> heard.add(text));
                    client.join(request);
                }
            }
        }
    }
}
