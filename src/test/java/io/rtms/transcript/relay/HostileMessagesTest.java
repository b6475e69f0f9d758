package io.rtms.transcript.relay;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.rtms.event.Passive;
import io.rtms.event.RtmsEvent;
import io.rtms.transcript.Meeting;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import java.net.URI;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
class HostileMessagesTest {
    @Inject
    @Passive
    Event<RtmsEvent> events;

    @TestHTTPResource
    URI server;

    private final Meeting meeting = Meeting.begin();

    @BeforeEach
    void begin() {
        events.fire(meeting.says("hello"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"type\":7}",
                "{\"type\":\"shutdown\"}",
                "{\"type\":\"subscribe\"}",
                "{\"type\":\"subscribe\",\"streamId\":7}",
                "{\"type\":\"subscribe\",\"streamId\":\"\"}",
                "{\"type\":\"subscribe\",\"streamId\":null}",
                "{\"type\":\"subscribe\",\"streamId\":\"s\",\"after\":-1}",
                "{\"type\":\"subscribe\",\"streamId\":\"s\",\"after\":1.5}",
                "{\"type\":\"subscribe\",\"streamId\":\"s\",\"after\":\"1\"}",
                "{\"type\":\"subscribe\",\"streamId\":\"s\",\"after\":99999999999999999999}",
                "{\"type\":\"subscribe\",\"streamId\":\"s\",\"tail\":-1}",
                "{\"type\":\"subscribe\",\"streamId\":\"s\",\"tail\":1,\"after\":1}",
                "{\"type\":\"subscribe\",\"streamId\":\"*\",\"after\":1}",
                "{\"type\":\"subscribe\",\"streamId\":\"s\",\"kinds\":[]}",
                "{\"type\":\"subscribe\",\"streamId\":\"s\",\"kinds\":\"transcript\"}",
                "{\"type\":\"subscribe\",\"streamId\":\"s\",\"kinds\":[\"audio\"]}",
                "{\"type\":\"subscribe\",\"streamId\":\"s\",\"kinds\":[1]}",
                "{\"type\":\"unsubscribe\"}"
            })
    void answersAMistakeWithAnErrorAndGoesOn(String message) throws Exception {
        try (RelayClient client = subscribed()) {
            client.send(message);
            JsonNode error = client.next("error");
            assertEquals(4400, error.path("code").asInt());
            assertFalse(error.path("message").asText().contains("xception"));
            events.fire(meeting.says("still there"));
            client.next("transcript");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "subscribe",
                "[]",
                "\"ping\"",
                "null",
                "{\"type\":\"ping\"",
                "{\"type\":\"ping\"} {}",
                "{\"type\":\"ping\",\"type\":\"ping\"}",
                "{\"a\":[[[[[[[[[[[[[[[[1]]]]]]]]]]]]]]]]}",
                "\u0000"
            })
    void closesOnWhatIsNoMessage(String message) throws Exception {
        try (RelayClient client = subscribed()) {
            client.send(message);
            assertEquals(4400, client.next("error").path("code").asInt());
            assertEquals(4400, client.closeCode());
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {16_385, 70_000, 1_000_000})
    void closesOnWhatIsTooLong(int length) throws Exception {
        try (RelayClient client = subscribed()) {
            try {
                client.send("{\"type\":\"ping\",\"x\":\"" + "a".repeat(length) + "\"}");
            } catch (CompletionException e) {
                // The server may hang up before everything is sent.
            }
            assertEquals(4400, client.closeCode());
        }
    }

    @Test
    void closesOnBinaryMessages() throws Exception {
        try (RelayClient client = subscribed()) {
            client.sendBinary(new byte[] {1, 2, 3});
            assertEquals(4400, client.closeCode());
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"&after=-1", "&after=x", "&after=", "&tail=1.5", "&after=1&tail=1", "&kinds=", "&kinds=all"})
    void closesOnParametersThatMakeNoSense(String parameters) throws Exception {
        try (RelayClient client = RelayClient.connect(server.getPort(), "?stream=" + meeting.id() + parameters)) {
            client.next("hello");
            assertEquals(4400, client.next("error").path("code").asInt());
            assertEquals(4400, client.closeCode());
        }
    }

    @Test
    void closesOnAnUnknownStream() throws Exception {
        try (RelayClient client = RelayClient.connect(server.getPort(), "?stream=nobody")) {
            client.next("hello");
            assertEquals(4404, client.next("error").path("code").asInt());
            assertEquals(4404, client.closeCode());
        }
    }

    @Test
    void keepsOtherSubscriptionsWhenOneStreamIsUnknown() throws Exception {
        try (RelayClient client = subscribed()) {
            client.send("{\"type\":\"subscribe\",\"streamId\":\"nobody\"}");
            assertEquals(4404, client.next("error").path("code").asInt());
            events.fire(meeting.says("still there"));
            client.next("transcript");
        }
    }

    private RelayClient subscribed() throws InterruptedException {
        RelayClient client = RelayClient.connect(server.getPort(), "?stream=" + meeting.id());
        client.until("caughtUp");
        return client;
    }
}
