package io.rtms;

import static io.restassured.RestAssured.given;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.test.junit.QuarkusTest;
import io.rtms.event.StreamLeft;
import io.rtms.event.TranscriptData;
import io.rtms.simulator.PlayOptions;
import io.rtms.simulator.SimulatedMeeting;
import io.rtms.simulator.Simulator;
import io.rtms.simulator.script.MeetingScript;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** An observer that throws takes nothing from the transcript, and the stream goes on. */
@QuarkusTest
class FailingObserverTest {
    private static final String UNBEARABLE = "unbearable";

    @Inject
    Simulator simulator;

    @Inject
    Ends ends;

    @Inject
    MeterRegistry metrics;

    @Test
    void theTranscriptIsCompleteAndTheFailureCounted() throws InterruptedException {
        MeetingScript script = MeetingScript.parse(
                "script",
                "WEBVTT\n\n00:00.000 --> 00:01.000\n<v Ann>%s</v>\n\n00:01.000 --> 00:02.000\n<v Bob>fine</v>\n"
                        .formatted(UNBEARABLE));
        SimulatedMeeting meeting = simulator.play(script, PlayOptions.defaults().withSpeed(10));
        assertTrue(meeting.awaitEnd(Duration.ofSeconds(30)).isPresent());
        await().atMost(Duration.ofSeconds(10)).until(() -> meeting.streamId().equals(ends.last));
        String text = given().header("Authorization", "Bearer test-token")
                .get("/api/streams/{id}/transcript?format=txt", meeting.streamId())
                .then()
                .statusCode(200)
                .extract()
                .asString();
        assertTrue(text.contains(UNBEARABLE) && text.contains("fine"), text);
        assertEquals(
                1,
                metrics.counter("rtms.observer.errors", "event", "TranscriptData")
                        .count());
    }

    /** Throws before every observer with no priority of its own. */
    @Singleton
    static class Thrower {
        void onLine(@Observes @Priority(2000) TranscriptData line) {
            if (line.text().equals(UNBEARABLE)) {
                throw new IllegalStateException("cannot bear it");
            }
        }
    }

    /** Knows which stream ended last. */
    @Singleton
    static class Ends {
        volatile String last;

        void onLeft(@Observes StreamLeft left) {
            last = left.stream().streamId();
        }
    }
}
