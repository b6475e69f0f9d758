package io.rtms.simulator.rest;

import static io.restassured.RestAssured.given;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.greaterThan;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import io.rtms.event.StopReason;
import io.rtms.simulator.SimulatedMeeting;
import io.rtms.simulator.Simulator;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@QuarkusTest
class SimulatorResourceTest {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final String WORDS = "WEBVTT\\n\\n00:00.000 --> 59:00.000\\n<v Ana>A long word.</v>\\n";

    @Inject
    Simulator simulator;

    private SimulatedMeeting meeting;

    @AfterEach
    void end() throws InterruptedException {
        if (meeting != null) {
            meeting.stop(StopReason.HOST_TRIGGERED);
            meeting.awaitEnd(PATIENCE);
        }
    }

    @Test
    void playsWhatIsAskedForAndListsIt() throws Exception {
        play("{\"script\":\"%s\",\"happenings\":\"%s\",\"speed\":100,\"product\":\"webinar\",\"keepTranscripts\":true,"
                        .formatted(
                                WORDS,
                                "{\\\"atMs\\\":1000,\\\"what\\\":\\\"say\\\",\\\"by\\\":\\\"Ana\\\",\\\"text\\\":\\\"Hi\\\"}")
                + "\"overlapMs\":1500,\"deviations\":[\"USER_ID_AS_STRING\"]}");
        assertEquals(100, meeting.options().speed());
        assertEquals(Duration.ofMillis(1500), meeting.options().overlap());
        assertTrue(meeting.options().keepTranscripts());
        assertEquals(1, meeting.options().deviations().size());
        await().atMost(PATIENCE).until(() -> meeting.transcriptsSent() == 1);
        String one = "find { it.streamId == '%s' }.".formatted(meeting.streamId());
        client().get("/simulator/meetings")
                .then()
                .statusCode(200)
                .body(one + "product", equalTo("webinar"))
                .body(one + "id", equalTo(meeting.meetingUuid()))
                .body(one + "state", equalTo("active"))
                .body(one + "serverUrl", equalTo(meeting.signalingUrl()))
                .body(one + "transcripts.sent", equalTo(1))
                .body(one + "attempts.accepted", greaterThan(1))
                .body(one + "webhooks", equalTo(1));
    }

    @Test
    void breaksAMeetingNowOrLater() throws Exception {
        play("{\"script\":\"%s\"}".formatted(WORDS));
        await().atMost(PATIENCE).until(() -> meeting.state().equals("active"));
        breakIt("{\"fault\":\"refuse\",\"request\":\"signaling-handshake\",\"status\":8}")
                .statusCode(204);
        breakIt("{\"fault\":\"drop-signaling\",\"how\":\"reset\"}").statusCode(204);
        await().atMost(PATIENCE).until(() -> statuses().equals(List.of(0, 8, 0)));
    }

    @Test
    void saysWhatCannotBeBrokenNow() throws Exception {
        play("{\"script\":\"%s\",\"webhooks\":false}".formatted(WORDS));
        breakIt("{\"fault\":\"drop-signaling\"}").statusCode(409).contentType("application/problem+json");
        breakIt("{\"fault\":\"drop-signaling\",\"moment\":\"live\"}").statusCode(204);
    }

    @Test
    void endsAMeetingForAReason() throws Exception {
        play("{\"script\":\"%s\",\"webhooks\":false}".formatted(WORDS));
        String path = "/simulator/meetings/" + meeting.streamId();
        client().delete(path + "?reason=bored")
                .then()
                .statusCode(400)
                .contentType("application/problem+json")
                .body("detail", containsString("STREAM_REVOKED"));
        client().delete(path + "?reason=stream_revoked").then().statusCode(204);
        assertEquals(Optional.of(StopReason.STREAM_REVOKED), meeting.awaitEnd(PATIENCE));
        await().atMost(PATIENCE).until(() -> client().delete(path).statusCode() == 404);
    }

    @Test
    void restartsTheGateway() throws Exception {
        play("{\"script\":\"%s\"}".formatted(WORDS));
        await().atMost(PATIENCE).until(() -> meeting.state().equals("active"));
        client().body("{\"awayMs\":10}")
                .post("/simulator/gateway/restart")
                .then()
                .statusCode(202);
        await().atMost(PATIENCE)
                .until(() ->
                        meeting.signalingHandshakes() >= 2 && meeting.state().equals("active"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "[] | the body is no JSON object",
                "{ | the body is not JSON",
                "{'speed':0} | field \"speed\": has to be a number above 0",
                "{'product':'fax'} | MEETING, WEBINAR, VIDEO_SDK, CONTACT_CENTER, PHONE",
                "{'script':'WEBVTT'} | script",
                "{'happenings':'{}'} | happenings, line 1: field \"atMs\": is missing",
                "{'overlapMs':60001} | field \"overlapMs\": has to be a whole number from 0 to 60000",
                "{'deviations':['odd']} | field \"deviations\": \"odd\" is none of USER_ID_AS_STRING",
                "{'faults':[{'fault':'silence','on':'me'}]} | field \"on\": \"me\" is none of signaling",
                "{'faults':{}} | field \"faults\": has to be a list",
                "{'color':'red'} | field \"color\": does not belong here"
            })
    void saysWhatIsWrongWithAMeeting(String body, String problem) {
        client().body(body.replace('\'', '"'))
                .post("/simulator/meetings")
                .then()
                .statusCode(400)
                .contentType("application/problem+json")
                .body("detail", containsString(problem));
    }

    @Test
    void saysWhatIsWrongWithAFaultARestartOrASize() throws Exception {
        play("{\"script\":\"%s\",\"webhooks\":false}".formatted(WORDS));
        breakIt("{\"fault\":\"explode\"}").statusCode(400).body("detail", containsString("drop-signaling"));
        breakIt("").statusCode(400).body("detail", containsString("field \"fault\": is missing"));
        breakIt("x".repeat(1024 * 1024 + 1)).statusCode(413);
        client().body("{\"awayMs\":-1}")
                .post("/simulator/gateway/restart")
                .then()
                .statusCode(400)
                .body("detail", containsString("awayMs"));
        client().body("{\"fault\":\"fail-over\"}")
                .post("/simulator/meetings/nobody/faults")
                .then()
                .statusCode(404)
                .contentType("application/problem+json");
    }

    @Test
    void asksForAToken() {
        given().get("/simulator/meetings").then().statusCode(401);
        given().post("/simulator/gateway/restart?token=test-token").then().statusCode(401);
    }

    @Test
    void isDescribed() {
        given().accept("application/json")
                .get("/q/openapi?format=json")
                .then()
                .body("paths.'/simulator/meetings'.get.tags", contains("Simulator"))
                .body("paths.'/simulator/gateway/restart'.post.responses.'202'.description", equalTo("It happens"));
    }

    private List<Integer> statuses() {
        return meeting.ledger().signalingAttempts().stream()
                .map(attempt -> attempt.status())
                .toList();
    }

    private void play(String body) {
        String streamId = client().body(body)
                .post("/simulator/meetings")
                .then()
                .statusCode(201)
                .extract()
                .path("streamId");
        meeting = simulator.meetings().stream()
                .filter(one -> one.streamId().equals(streamId))
                .findFirst()
                .orElseThrow();
    }

    private ValidatableResponse breakIt(String body) {
        return client().body(body)
                .post("/simulator/meetings/{streamId}/faults", meeting.streamId())
                .then();
    }

    private static RequestSpecification client() {
        return given().header("Authorization", "Bearer test-token").contentType(ContentType.JSON);
    }
}
