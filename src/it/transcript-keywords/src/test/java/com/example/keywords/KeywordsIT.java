package com.example.keywords;

import static io.restassured.RestAssured.given;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.greaterThan;

import io.quarkus.test.junit.QuarkusIntegrationTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The packaged extension as a process of its own, jar or native executable. */
@QuarkusIntegrationTest
@TestProfile(KeywordsIT.Simulated.class)
class KeywordsIT {
    private static final String SCRIPT = """
            WEBVTT

            00:00.000 --> 00:02.000
            <v Ines>The deadline, the deadline.</v>
            """;

    /** The packaged application runs without the settings of tests. */
    public static class Simulated implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of(
                    "rtms.simulator.enabled", "true",
                    "rtms.simulator.autoplay", "false",
                    "rtms.access.tokens", "it-token",
                    "rtms.transcripts.dir", "",
                    "rtms.stream.journal-dir", "");
        }
    }

    @Test
    void aSimulatedMeetingIsCounted() {
        String streamId = given().header("Authorization", "Bearer it-token")
                .contentType("application/json")
                .body(Map.of("script", SCRIPT, "speed", 10))
                .post("/simulator/meetings")
                .then()
                .statusCode(201)
                .extract()
                .path("streamId");
        String ours = "find { it.streamId == '%s' }.".formatted(streamId);
        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> given().header("Authorization", "Bearer it-token")
                        .get("/keywords")
                        .then()
                        .statusCode(200)
                        .body(ours + "keywords.deadline", equalTo(2))
                        .body(ours + "audioBytes", greaterThan(0)));
    }
}
