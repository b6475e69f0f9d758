package io.rtms.transcript.relay;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.rtms.event.EventType;
import io.rtms.event.StopReason;
import io.rtms.media.MediaType;
import io.rtms.simulator.PlayOptions;
import io.rtms.simulator.SimulatedMeeting;
import io.rtms.simulator.Simulator;
import io.rtms.simulator.script.ChatMessage;
import io.rtms.simulator.script.MeetingScript;
import jakarta.inject.Inject;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Chat from the simulated Zoom to the relay, where it is asked for by configuration and nobody but the relay listens. */
@QuarkusTest
@TestProfile(ChatRelayTest.WithChat.class)
class ChatRelayTest {
    @Inject
    Simulator simulator;

    @TestHTTPResource
    URI server;

    @Test
    void bringsMessagesAndWhatBecomesOfThem() throws Exception {
        SimulatedMeeting meeting = simulator.play(MeetingScript.demo(), PlayOptions.defaults());
        String name = meeting.participants().getFirst().name();
        await().until(() -> meeting.isConnected(MediaType.CHAT));
        assertTrue(meeting.chat(ChatMessage.of(name, "m1", "Helo {\"data\":1}")));
        meeting.chat(ChatMessage.edited(name, "m1", "Hello"));
        meeting.chat(ChatMessage.reaction(name, "m1", "\uD83D\uDC4D"));
        meeting.chat(ChatMessage.deleted(name, "m1"));
        try (RelayClient client = RelayClient.connect(server.getPort(), "?kinds=chat&stream=" + meeting.streamId())) {
            client.until("subscribed");
            List<String> actions = new ArrayList<>();
            List<String> texts = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                JsonNode message = nextChat(client);
                assertEquals("m1", message.path("messageId").asText());
                assertEquals(name, message.path("sender").path("name").asText());
                actions.add(message.path("action").asText());
                texts.add(message.path("text").asText());
            }
            assertEquals(List.of("new", "update", "addReaction", "delete"), actions);
            assertEquals(List.of("Helo {\"data\":1}", "Hello", "\uD83D\uDC4D"), texts.subList(0, 3));
        }
        end(meeting);
    }

    @Test
    void asksForNothingThatOnlyTheRelayWouldSee() throws InterruptedException {
        SimulatedMeeting meeting = simulator.play(MeetingScript.demo(), PlayOptions.defaults());
        await().until(() -> meeting.subscribedEvents().contains(EventType.ACTIVE_SPEAKER_CHANGE.number()));
        assertEquals(
                List.of(),
                meeting.subscribedEvents().stream()
                        .filter(number -> number >= EventType.SHARING_START.number())
                        .toList());
        end(meeting);
    }

    /** History may still be on its way when the client subscribes, so caughtUp can come between. */
    private static JsonNode nextChat(RelayClient client) throws InterruptedException {
        JsonNode message;
        do {
            message = client.next();
        } while (!message.path("type").asText().equals("chat"));
        return message;
    }

    private static void end(SimulatedMeeting meeting) throws InterruptedException {
        meeting.stop(StopReason.HOST_TRIGGERED);
        assertTrue(meeting.awaitEnd(Duration.ofSeconds(15)).isPresent());
    }

    /** Chat beside what is observed. */
    public static class WithChat implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of("rtms.media.request", "auto,chat");
        }
    }
}
