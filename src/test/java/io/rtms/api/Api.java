package io.rtms.api;

import static io.restassured.RestAssured.given;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.restassured.specification.RequestSpecification;
import io.rtms.simulator.SimulatedMeeting;
import io.rtms.simulator.Simulator;
import java.time.Duration;

/** Requests to the API by somebody who may use it. */
final class Api {
    private Api() {}

    static RequestSpecification client() {
        return given().header("Authorization", "Bearer test-token");
    }

    /** The payload of the webhook that would announce this meeting; quotes are double already. */
    static String payload(SimulatedMeeting meeting, Simulator simulator) {
        return "{\"%s\":\"%s\",\"rtms_stream_id\":\"%s\",\"server_urls\":\"%s\"}"
                .formatted(
                        meeting.options().product().idKey(),
                        meeting.meetingUuid(),
                        meeting.streamId(),
                        simulator.signalingUrl());
    }

    static void awaitState(String streamId, String state) {
        await().atMost(Duration.ofSeconds(15))
                .until(() -> state.equals(client().get("/api/streams/{id}", streamId)
                        .then()
                        .extract()
                        .path("state")));
    }

    static void awaitEnd(SimulatedMeeting meeting) throws InterruptedException {
        assertTrue(meeting.awaitEnd(Duration.ofSeconds(15)).isPresent(), "the meeting came to its end");
    }
}
