package io.rtms.transcript.relay;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import com.networknt.schema.ValidationMessage;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.rtms.event.Cause;
import io.rtms.event.ChatOperation;
import io.rtms.event.Passive;
import io.rtms.event.RtmsEvent;
import io.rtms.event.StopReason;
import io.rtms.event.StreamState;
import io.rtms.event.TranscriptAttribute;
import io.rtms.transcript.Meeting;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import java.io.InputStream;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Holds what really goes over the relay's socket against its description. */
@QuarkusTest
class AsyncApiTest {
    private static final JsonNode API = read();
    private static final JsonNode SCHEMAS = API.path("components").path("schemas");

    @Inject
    @Passive
    Event<RtmsEvent> events;

    @TestHTTPResource
    URI server;

    private final Meeting meeting = Meeting.begin();

    @Test
    void describesEveryMessageThatTheRelaySends() throws Exception {
        Set<String> seen = new HashSet<>();
        for (JsonNode message : everythingTheRelaySays()) {
            String type = message.path("type").asText();
            assertEquals(Set.of(), validate(type, message), () -> message.toString());
            message.fieldNames()
                    .forEachRemaining(field -> assertTrue(
                            SCHEMAS.path(type).path("properties").has(field),
                            () -> field + " is not described: " + message));
            seen.add(type);
        }
        Set<String> described = new HashSet<>();
        API.path("operations").path("relay").path("messages").forEach(message -> {
            String reference = message.path("$ref").asText();
            described.add(reference.substring(reference.lastIndexOf('/') + 1));
        });
        assertEquals(described, seen, "every described message was seen, and no other");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "subscribe | {'type':'subscribe','streamId':'s','after':3,'kinds':['transcript']} | true",
                "subscribe | {'type':'subscribe','streamId':'*','tail':0} | true",
                "subscribe | {'type':'subscribe','streamId':'s','after':3,'tail':3} | false",
                "subscribe | {'type':'subscribe','streamId':'s','after':-1} | false",
                "subscribe | {'type':'subscribe','streamId':'s','kinds':['audio']} | false",
                "subscribe | {'type':'subscribe','streamId':7} | false",
                "unsubscribe | {'type':'unsubscribe','streamId':'s'} | true",
                "unsubscribe | {'type':'unsubscribe'} | false",
                "ping | {'type':'ping'} | true"
            })
    void agreesWithTheRelayOnWhatClientsMaySend(String type, String quoted, boolean valid) throws Exception {
        String text = quoted.strip().replace('\'', '"');
        assertEquals(
                valid, validate(type.strip(), new ObjectMapper().readTree(text)).isEmpty());
        assertEquals(valid, isUnderstood(text));
    }

    @Test
    void refersToNothingThatIsMissing() {
        List<String> references = API.findValuesAsText("$ref");
        assertFalse(references.isEmpty());
        references.forEach(
                reference -> assertFalse(API.at(reference.substring(1)).isMissingNode(), reference));
    }

    private List<JsonNode> everythingTheRelaySays() throws Exception {
        List.of(
                        meeting.is(StreamState.JOINING),
                        meeting.joins(),
                        meeting.speaks(),
                        meeting.says("Grüß Gott"),
                        meeting.says("", 0, TranscriptAttribute.DELETE),
                        meeting.turnsVideo(true),
                        meeting.startsSharing(),
                        meeting.writes("m1", "Hello"),
                        meeting.sendsFileTo(Meeting.ANNA),
                        meeting.writes("m2", "", ChatOperation.DELETE),
                        meeting.writes("", "", ChatOperation.UNKNOWN),
                        meeting.stopsSharing(),
                        meeting.leaves(),
                        meeting.is(StreamState.INTERRUPTED, new Cause(-7, "RTMS_E_TIMEOUT", "Lost.", true)))
                .forEach(events::fire);
        List<JsonNode> messages = new ArrayList<>();
        try (RelayClient client = RelayClient.connect(server.getPort(), "?stream=" + meeting.id())) {
            messages.addAll(client.until("caughtUp"));
            client.send("{\"type\":\"ping\"}");
            messages.addAll(client.until("pong"));
            client.send("{\"type\":\"subscribe\"}");
            messages.addAll(client.until("error"));
            events.fire(meeting.is(StreamState.ENDED, Cause.of(StopReason.STREAM_REVOKED)));
            messages.addAll(client.until("status"));
            client.send("{\"type\":\"subscribe\",\"streamId\":\"" + meeting.id() + "\"}");
            messages.addAll(client.until("caughtUp"));
        }
        return messages;
    }

    private static boolean isUnderstood(String text) {
        try {
            ClientMessages.parse(text);
            return true;
        } catch (BadMessage e) {
            return false;
        }
    }

    private static Set<ValidationMessage> validate(String schema, JsonNode message) {
        ObjectNode root = JsonNodeFactory.instance.objectNode().put("$ref", "#/components/schemas/" + schema);
        root.set("components", API.path("components"));
        return JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012)
                .getSchema(root)
                .validate(message);
    }

    private static JsonNode read() {
        try (InputStream file = AsyncApiTest.class.getResourceAsStream("/META-INF/asyncapi.yaml")) {
            return new YAMLMapper().readTree(file);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }
}
