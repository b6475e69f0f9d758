package io.rtms.api;

import static io.restassured.RestAssured.given;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.rtms.event.StopReason;
import io.rtms.simulator.PlayOptions;
import io.rtms.simulator.SimulatedMeeting;
import io.rtms.simulator.Simulator;
import io.rtms.simulator.script.MeetingScript;
import jakarta.inject.Inject;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Holds what the API really answers against its description. */
@QuarkusTest
class OpenApiTest {
    private static final JsonMapper JSON = new JsonMapper();

    @Inject
    Simulator simulator;

    @Test
    void describesWhatIsAnswered() throws Exception {
        JsonNode api = api();
        SimulatedMeeting meeting =
                simulator.play(MeetingScript.demo(), PlayOptions.defaults().withWebhooks(false));
        String payload = Api.payload(meeting, simulator);
        String stream = "/api/streams/" + meeting.streamId();

        check(api, "/api/streams", "post", Api.client().body(payload).post("/api/streams"), 201);
        Api.awaitState(meeting.streamId(), "live");
        check(api, "/api/streams", "post", Api.client().body(payload).post("/api/streams"), 409);
        check(api, "/api/streams", "post", Api.client().body("{}").post("/api/streams"), 400);
        check(api, "/api/streams", "post", Api.client().body("x".repeat(70_000)).post("/api/streams"), 413);
        check(api, "/api/streams", "get", Api.client().get("/api/streams"), 200);
        check(api, "/api/streams/{streamId}", "get", Api.client().get(stream), 200);
        check(api, "/api/streams/{streamId}", "get", Api.client().get("/api/streams/nobody"), 404);
        await().until(() -> !Api.client()
                .get(stream + "/participants")
                .jsonPath()
                .getList("$")
                .isEmpty());
        String participants = "/api/streams/{streamId}/participants";
        check(api, participants, "get", Api.client().get(stream + "/participants"), 200);
        String video = "/api/streams/{streamId}/video/{userId}";
        check(api, video, "put", Api.client().put(stream + "/video/7"), 409);
        check(api, video, "delete", Api.client().delete(stream + "/video/x"), 400);
        check(api, "/api/loops", "get", Api.client().get("/api/loops"), 200);
        check(api, "/api/streams/{streamId}", "delete", Api.client().delete(stream), 204);
        meeting.stop(StopReason.HOST_TRIGGERED);
        Api.awaitEnd(meeting);
        Api.awaitState(meeting.streamId(), "ended");
        check(api, "/api/streams/{streamId}", "get", Api.client().get(stream), 200);
    }

    @Test
    void describesTickets() throws Exception {
        JsonNode api = api();
        String tickets = "/api/tickets";
        check(api, tickets, "post", Api.client().body("{\"streamId\":\"*\"}").post(tickets), 201);
        check(api, tickets, "post", Api.client().body("{\"stream\":\"*\"}").post(tickets), 400);
        check(api, tickets, "post", Api.client().body("x".repeat(5000)).post(tickets), 413);
    }

    @Test
    void everyOperationSaysWhatItDoes() throws Exception {
        api().path("paths").properties().stream()
                .filter(path -> !path.getKey().startsWith("/q/"))
                .forEach(path -> path.getValue().properties().stream()
                        .filter(operation ->
                                Set.of("get", "put", "post", "delete").contains(operation.getKey()))
                        .forEach(operation -> assertFalse(
                                operation.getValue().path("summary").asText().isEmpty(),
                                () -> operation.getKey() + " " + path.getKey())));
    }

    private static void check(JsonNode api, String path, String method, Response response, int status)
            throws Exception {
        String what = method + " " + path + " " + status;
        assertEquals(status, response.statusCode(), what);
        JsonNode described =
                api.path("paths").path(path).path(method).path("responses").path(String.valueOf(status));
        assertTrue(described.isObject(), () -> what + " is not described");
        if (response.body().asByteArray().length == 0) {
            assertTrue(described.path("content").isMissingNode(), () -> what + " has no content");
            return;
        }
        JsonNode schema = described
                .path("content")
                .path(response.contentType().split(";")[0])
                .path("schema");
        assertTrue(schema.isObject(), () -> what + " has no schema for " + response.contentType());
        ObjectNode root = schema.deepCopy();
        root.set("components", api.path("components"));
        JsonNode body = JSON.readTree(response.body().asByteArray());
        assertEquals(
                Set.of(),
                JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012)
                        .getSchema(root)
                        .validate(body),
                () -> what + ": " + body);
        assertNothingIsHidden(api, schema, body, what);
    }

    /** The schema allows fields that it does not name; none may be without a name. */
    private static void assertNothingIsHidden(JsonNode api, JsonNode schema, JsonNode body, String what) {
        if (schema.has("$ref")) {
            assertNothingIsHidden(api, api.at(schema.path("$ref").asText().substring(1)), body, what);
        } else if (body.isArray()) {
            body.forEach(entry -> assertNothingIsHidden(api, schema.path("items"), entry, what));
        } else if (schema.has("properties")) {
            body.properties().forEach(field -> {
                JsonNode described = schema.path("properties").path(field.getKey());
                assertFalse(described.isMissingNode(), () -> what + " hides " + field.getKey());
                assertNothingIsHidden(api, described, field.getValue(), what);
            });
        }
    }

    private static JsonNode api() throws Exception {
        return JSON.readTree(given().accept("application/json")
                .get("/q/openapi?format=json")
                .then()
                .statusCode(200)
                .extract()
                .asByteArray());
    }
}
