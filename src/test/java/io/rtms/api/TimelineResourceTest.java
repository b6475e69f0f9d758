package io.rtms.api;

import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.rtms.RtmsManager;
import io.rtms.event.StopReason;
import io.rtms.media.MediaType;
import io.rtms.simulator.PlayOptions;
import io.rtms.simulator.SimulatedMeeting;
import io.rtms.simulator.Simulator;
import io.rtms.simulator.script.MeetingScript;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A stream's story in words. */
@QuarkusTest
@TestProfile(TimelineResourceTest.Quick.class)
class TimelineResourceTest {
    private static final MeetingScript TALK =
            MeetingScript.parse("talk", "WEBVTT\n\n00:00.000 --> 05:00.000\n<v Ann>and so on</v>\n");

    @Inject
    Simulator simulator;

    @Inject
    RtmsManager manager;

    @Inject
    MeterRegistry metrics;

    @Test
    void tellsWhatHappenedFromJoinToEnd() throws InterruptedException {
        double before = resumed("media");
        SimulatedMeeting meeting = simulator.play(TALK, PlayOptions.defaults());
        Api.awaitState(meeting.streamId(), "live");
        assertTrue(meeting.dropMedia(MediaType.TRANSCRIPT));
        Api.awaitState(meeting.streamId(), "resumed");
        assertTrue(meeting.dropSignaling());
        await().atMost(Duration.ofSeconds(20))
                .until(() -> texts(meeting).stream()
                                .filter("The stream is resumed"::equals)
                                .count()
                        == 2);
        meeting.stop(StopReason.EXIT_SIGNAL);
        Api.awaitEnd(meeting);
        Api.awaitState(meeting.streamId(), "ended");

        expectInOrder(
                texts(meeting),
                "The stream is joining",
                "Attempt 1: connecting to 127.0.0.1:",
                "Attempt 1 succeeded after",
                "The stream is live",
                "Lost the connection for [TRANSCRIPT]:",
                "Connecting [TRANSCRIPT] again.",
                "Attempt 1 succeeded after",
                "The stream is resumed",
                "The stream is interrupted:",
                "Attempt 1: connecting to",
                "The stream is resumed",
                "The stream is ended: Zoom's server was told to exit. The meeting may go on");
        assertEquals(before + 1, resumed("media"));
        assertTrue(resumed("signaling") >= 1);
    }

    @Test
    void anUnknownStreamHasNone() {
        Api.client().get("/api/streams/nobody/timeline").then().statusCode(404).contentType("application/problem+json");
    }

    @Test
    void theApiShowsTheSame() throws InterruptedException {
        SimulatedMeeting meeting = simulator.play(TALK, PlayOptions.defaults());
        Api.awaitState(meeting.streamId(), "live");
        Api.client()
                .get("/api/streams/{id}/timeline", meeting.streamId())
                .then()
                .statusCode(200)
                .body("streamId", equalTo(meeting.streamId()))
                .body("omitted", equalTo(0))
                .body("entries[0].kind", equalTo("state"))
                .body("entries[0].text", equalTo("The stream is joining"))
                .body("entries[1].kind", equalTo("attempt"));
        meeting.stop(StopReason.MEETING_ENDED);
        Api.awaitEnd(meeting);
    }

    private List<String> texts(SimulatedMeeting meeting) {
        return manager.stream(meeting.streamId()).orElseThrow().timeline().entries().stream()
                .map(entry -> entry.text())
                .toList();
    }

    private static void expectInOrder(List<String> texts, String... beginnings) {
        int at = 0;
        for (String beginning : beginnings) {
            while (at < texts.size() && !texts.get(at).startsWith(beginning)) {
                at++;
            }
            assertTrue(at < texts.size(), () -> "missing '" + beginning + "' in " + String.join("\n", texts));
            at++;
        }
    }

    private double resumed(String scenario) {
        return metrics.find("rtms.reconnects").tag("scenario", scenario).tag("result", "resumed").counters().stream()
                .mapToDouble(counter -> counter.count())
                .sum();
    }

    /** Pauses that a test can wait for. */
    public static class Quick implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of("rtms.stream.backoff-first", "200MS");
        }
    }
}
