package com.example.keywords;

import static io.restassured.RestAssured.given;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.greaterThanOrEqualTo;

import io.quarkus.test.junit.QuarkusTest;
import io.rtms.simulator.PlayOptions;
import io.rtms.simulator.SimulatedMeeting;
import io.rtms.simulator.Simulator;
import io.rtms.simulator.script.MeetingScript;
import jakarta.inject.Inject;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** The extension against the simulated Zoom, which comes with the library: webhook, join, audio and words are all there. */
@QuarkusTest
class KeywordsTest {
    @Inject
    Simulator simulator;

    @Test
    void keywordsAndSoundOfAMeetingAreCounted() {
        MeetingScript script = MeetingScript.parse("planning", """
                WEBVTT

                00:00.000 --> 00:02.000
                <v Ines>The budget first.</v>

                00:02.000 --> 00:04.000
                <v Tomas>The budget is a risk.</v>
                """);
        SimulatedMeeting meeting = simulator.play(script, PlayOptions.defaults().withSpeed(10));
        String ours = "find { it.streamId == '%s' }.".formatted(meeting.streamId());
        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> given().header("Authorization", "Bearer test-token")
                        .get("/keywords")
                        .then()
                        .statusCode(200)
                        .body(ours + "meeting", equalTo(meeting.meetingUuid()))
                        .body(ours + "keywords.budget", equalTo(2))
                        .body(ours + "keywords.risk", equalTo(1))
                        .body(ours + "audioBytes", greaterThan(0)));
        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> given().header("Authorization", "Bearer test-token")
                        .get("/keywords/webhooks")
                        .then()
                        .statusCode(200)
                        .body("'meeting.rtms_started'", greaterThanOrEqualTo(1))
                        .body("'meeting.rtms_stopped'", greaterThanOrEqualTo(1)));
    }

    @Test
    void theyAreForThoseWithAToken() {
        given().get("/keywords").then().statusCode(401);
        given().get("/keywords/webhooks").then().statusCode(401);
    }
}
