package io.rtms.api;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.startsWith;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import io.rtms.RtmsManager;
import io.rtms.event.Product;
import io.rtms.event.StopReason;
import io.rtms.simulator.PlayOptions;
import io.rtms.simulator.SimulatedMeeting;
import io.rtms.simulator.Simulator;
import io.rtms.simulator.script.MeetingScript;
import jakarta.inject.Inject;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Joining by hand, looking, and leaving. */
@QuarkusTest
class StreamsResourceTest {
    private static final String STREAM = "'meeting_uuid':'m','rtms_stream_id':'s','server_urls':'wss://a.zoom.us'";

    @Inject
    Simulator simulator;

    @Inject
    RtmsManager manager;

    @ParameterizedTest
    @EnumSource(Product.class)
    void joinsByThePayloadOfAWebhook(Product product) throws InterruptedException {
        SimulatedMeeting meeting = play(product);
        String location = post(Api.payload(meeting, simulator))
                .statusCode(201)
                .header("Location", endsWith("/api/streams/" + meeting.streamId()))
                .body("streamId", equalTo(meeting.streamId()))
                .body("id", equalTo(meeting.meetingUuid()))
                .body("product", equalTo(product.name().toLowerCase(Locale.ROOT)))
                .body("app", equalTo("default"))
                .body("state", equalTo("joining"))
                .extract()
                .header("Location");
        Api.awaitState(meeting.streamId(), "live");
        Api.client().get(location).then().statusCode(200).body("state", equalTo("live"));
        Api.client().delete(location).then().statusCode(204);
        Api.awaitEnd(meeting);
        Api.awaitState(meeting.streamId(), "ended");
    }

    @Test
    void joinsByAWholeWebhookWithAnApp() throws InterruptedException {
        SimulatedMeeting meeting = play(Product.WEBINAR);
        post("{\"event\":\"webinar.rtms_started\",\"event_ts\":1,\"app\":\"default\",\"payload\":{\"object\":%s}}"
                        .formatted(Api.payload(meeting, simulator)))
                .statusCode(201)
                .body("product", equalTo("webinar"));
        Api.awaitState(meeting.streamId(), "live");
        meeting.stop(StopReason.HOST_TRIGGERED);
        Api.awaitEnd(meeting);
    }

    @Test
    void saysThatAStreamIsJoinedAlready() throws InterruptedException {
        SimulatedMeeting meeting = play(Product.MEETING);
        post(Api.payload(meeting, simulator)).statusCode(201);
        Api.awaitState(meeting.streamId(), "live");
        post(Api.payload(meeting, simulator))
                .statusCode(409)
                .contentType("application/problem+json")
                .body("detail", equalTo("The stream is joined already; it is live."));
        assertEquals(1, meeting.signalingAttempts());
        meeting.stop(StopReason.HOST_TRIGGERED);
        Api.awaitEnd(meeting);
    }

    @Test
    void showsHowZoomSendsEachMedium() throws InterruptedException {
        SimulatedMeeting meeting = play(Product.MEETING);
        post(Api.payload(meeting, simulator)).statusCode(201);
        Api.awaitState(meeting.streamId(), "live");
        Api.client()
                .get("/api/streams/{id}", meeting.streamId())
                .then()
                .body("media", hasItem("transcript"))
                .body("parameters.audio.sample_rate", equalTo(1))
                .body("parameters.transcript.content_type", equalTo(5));
        meeting.stop(StopReason.HOST_TRIGGERED);
        Api.awaitEnd(meeting);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{'rtms_stream_id':'s','server_urls':'wss://a.zoom.us'} | payload has none of meeting_uuid, webinar_uuid, session_id, engagement_id, call_id",
                "{'meeting_uuid':'m','server_urls':'wss://a.zoom.us'} | payload.rtms_stream_id is missing or no string",
                "{'meeting_uuid':'m','rtms_stream_id':'s'} | payload.server_urls is missing or no string",
                "{'meeting_uuid':'m\\n','rtms_stream_id':'s','server_urls':'wss://a.zoom.us'} | payload.meeting_uuid has a control character",
                "{'meeting_uuid':'m','rtms_stream_id':'s\\u2028','server_urls':'wss://a.zoom.us'} | payload.rtms_stream_id has a control character",
                "{'event':'meeting.ended','payload':{" + STREAM + "}} | event meeting.ended is about no stream",
                "{'meeting_uuid':'m','rtms_stream_id':'s','server_urls':'wss://evil.example'} | server_urls names the host evil.example, which rtms.servers.allowed does not list",
                "{'app':'sales'," + STREAM
                        + "} | app sales is not configured: set rtms.apps.sales.client-id and rtms.apps.sales.client-secret",
                "{'app':7," + STREAM + "} | app is no string",
                "[] | the body is no JSON object",
                "'' | the body is no JSON object",
                "{'meeting_uuid': | the body is not JSON"
            })
    void namesWhatIsWrong(String body, String detail) {
        post(body.replace('\'', '"').replace("\"\"", ""))
                .statusCode(400)
                .contentType("application/problem+json")
                .body("detail", equalTo(detail));
        assertTrue(manager.stream("s").isEmpty(), "nothing is joined");
    }

    @Test
    void boundsDepthAndSizeOfTheBody() {
        post("{\"x\":".repeat(40) + "1" + "}".repeat(40))
                .statusCode(400)
                .body("detail", startsWith("the body is nested deeper than 32"));
        post("{\"x\":\"" + "x".repeat(65_536) + "\"}").statusCode(413).contentType("application/problem+json");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/api/streams/nobody", "/api/streams/nobody/participants"})
    void knowsNoOtherStreams(String path) {
        Api.client().get(path).then().statusCode(404).contentType("application/problem+json");
    }

    @Test
    void wantsAToken() {
        given().body("{}").post("/api/streams").then().statusCode(401);
    }

    @Test
    void takesAStreamIdThatHasToBeEscaped() {
        String id = "a/b+c==";
        String location = post("{\"meeting_uuid\":\"m\",\"rtms_stream_id\":\"%s\",\"server_urls\":\"ws://127.0.0.1:9\"}"
                        .formatted(id))
                .statusCode(201)
                .extract()
                .header("Location");
        Api.client()
                .urlEncodingEnabled(false)
                .get(location)
                .then()
                .statusCode(200)
                .body("streamId", equalTo(id));
        Api.client()
                .urlEncodingEnabled(false)
                .get(location + "/participants")
                .then()
                .statusCode(200)
                .body("$", hasSize(0));
        Api.client().urlEncodingEnabled(false).delete(location).then().statusCode(204);
    }

    private SimulatedMeeting play(Product product) {
        return simulator.play(
                MeetingScript.demo(),
                PlayOptions.defaults().withProduct(product).withWebhooks(false));
    }

    private static ValidatableResponse post(String body) {
        return Api.client()
                .contentType("application/json")
                .body(body)
                .post("/api/streams")
                .then();
    }
}
