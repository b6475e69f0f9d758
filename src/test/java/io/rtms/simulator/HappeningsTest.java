package io.rtms.simulator;

import static io.rtms.simulator.SimulatedZoom.MEDIA_ALL;
import static io.rtms.simulator.SimulatedZoom.ready;
import static io.rtms.simulator.SimulatedZoom.subscribe;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.rtms.event.ChatSessionType;
import io.rtms.event.Product;
import io.rtms.event.StopReason;
import io.rtms.media.MediaType;
import io.rtms.simulator.script.ChatMessage;
import io.rtms.simulator.script.Happening;
import io.rtms.simulator.script.MeetingScript;
import java.util.List;
import java.util.Optional;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Chat, events, metadata and states, from a script and on request. */
class HappeningsTest {
    private static final int CHAT = 16;
    private static final MeetingScript WORDS = MeetingScript.parse("words", """
            WEBVTT

            00:00.000 --> 00:02.000
            <v Ana>One.</v>

            00:02.000 --> 00:04.000
            <v Ben>Two.</v>
            """);
    private static final MeetingScript LONG =
            MeetingScript.parse("long", "WEBVTT\n\n00:00.000 --> 10:00.000\n<v Ana>And so on.</v>\n");

    @Test
    void aChatMessageCarriesEverythingThatIsKnownOfIt() throws Exception {
        ChatMessage message = ChatMessage.of("Ana", "m2", "See here")
                .inReplyTo("m1")
                .in(ChatSessionType.INDIVIDUAL, "c1", List.of("Ben"))
                .withFiles(List.of(new ChatMessage.File("f1", "a.pdf", 12)));
        try (SimulatedZoom zoom = new SimulatedZoom()) {
            SimulatedMeeting meeting =
                    play(zoom, WORDS.with(1000, message), PlayOptions.defaults().withSpeed(10));
            try (Client signaling = zoom.signaling(meeting);
                    Client chat = zoom.media(meeting, CHAT)) {
                signaling.send(ready(meeting));
                JsonNode content = chat.expect(Messages.CHAT).path("content");
                ObjectNode expected = Messages.object()
                        .put("user_id", 0x01000400)
                        .put("user_name", "Ana")
                        .put("timestamp", content.path("timestamp").asLong())
                        .put("operation_type", 1)
                        .put("message_id", "m2")
                        .put("data", "See here");
                expected.putObject("chat_session").put("type", 2).put("id", "c1");
                expected.putObject("sender").put("user_id", 0x01000400).put("user_name", "Ana");
                expected.put("parent_message_id", "m1");
                expected.putArray("receiver")
                        .addObject()
                        .put("user_id", 0x01000800)
                        .put("user_name", "Ben");
                expected.putArray("files")
                        .addObject()
                        .put("file_id", "f1")
                        .put("file_name", "a.pdf")
                        .put("file_size", 12);
                assertEquals(expected.toString(), content.toString());
                assertEquals(Optional.of(StopReason.MEETING_ENDED), meeting.awaitEnd(Client.PATIENCE));
                assertEquals(1, meeting.framesSent(MediaType.CHAT));
            }
        }
    }

    @Test
    void whatBecomesOfMessagesIsToldInOrder() throws Exception {
        MeetingScript script = WORDS.with(100, ChatMessage.of("Ana", "m1", "Helo"))
                .with(200, ChatMessage.edited("Ana", "m1", "Hello"))
                .with(300, ChatMessage.reaction("Ben", "m1", "👍"))
                .with(400, ChatMessage.reactionRemoved("Ben", "m1", "👍"))
                .with(500, ChatMessage.deleted("Ana", "m1").withoutFiles(List.of("f1")));
        try (SimulatedZoom zoom = new SimulatedZoom()) {
            SimulatedMeeting meeting = play(zoom, script, PlayOptions.defaults().withSpeed(10));
            try (Client signaling = zoom.signaling(meeting);
                    Client chat = zoom.media(meeting, CHAT)) {
                signaling.send(ready(meeting));
                for (int operation : new int[] {1, 3, 4, 5, 2}) {
                    JsonNode content = chat.expect(Messages.CHAT).path("content");
                    assertEquals(operation, content.path("operation_type").asInt());
                    assertEquals("m1", content.path("message_id").asText());
                    assertEquals(operation == 2, content.has("delete_file_id_list"));
                }
            }
        }
    }

    @Test
    void everythingOfAScriptHappensInItsOrder() throws Exception {
        MeetingScript script = WORDS.with(500, new Happening.SharingStarted("Ana"))
                .with(1000, new Happening.VideoTurned("Ana", false))
                .with(1000, new Happening.VideoTurned("Ana", true))
                .with(1500, new Happening.Joined("Zoë"))
                .with(1500, new Happening.Event(10, Messages.object().put("group_id", "g")))
                .with(2000, new Happening.SharingStopped())
                .with(2500, new Happening.Left("Zoë"));
        try (SimulatedZoom zoom = new SimulatedZoom()) {
            SimulatedMeeting meeting = play(zoom, script, PlayOptions.defaults().withSpeed(10));
            try (Client signaling = zoom.signaling(meeting);
                    Client chat = zoom.media(meeting, CHAT)) {
                signaling.send(subscribe(2, 3, 4, 5, 6, 8, 9, 10)).send(ready(meeting));
                assertEquals(1000, signaling.closeCode());
                List<Integer> events = signaling.received.stream()
                        .filter(message -> message.path("msg_type").asInt() == 6)
                        .map(message -> message.path("event").path("event_type").asInt())
                        .toList();
                assertEquals(List.of(3, 2, 5, 9, 8, 3, 10, 6, 2, 4, 4), events);
                JsonNode present = signaling.received.peek().path("event").path("participants");
                assertEquals(2, present.size(), "Zoë is not there yet");
                assertTrue(signaling.received.stream()
                        .anyMatch(message ->
                                message.path("event").path("group_id").asText().equals("g")));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 3, 4, 5, 6, 8, 9, 10, 11, 12, 13, 14})
    void anEventGoesToThoseOnlyWhoSubscribedToIt(int type) throws Exception {
        try (SimulatedZoom zoom = new SimulatedZoom()) {
            SimulatedMeeting meeting = play(zoom, LONG, PlayOptions.defaults());
            try (Client signaling = zoom.signaling(meeting)) {
                assertTrue(meeting.sendEvent(type, Messages.object().put("before", true)));
                signaling.send(subscribe(type));
                Awaitility.await().until(() -> meeting.subscribedEvents().contains(type));
                assertTrue(meeting.sendEvent(type, Messages.object().put("marker", 7)));
                if (type == 3) {
                    assertTrue(signaling.expect(6).path("event").has("participants"));
                }
                JsonNode event = signaling.expect(6).path("event");
                assertEquals(type, event.path("event_type").asInt());
                assertEquals(7, event.path("marker").asInt());
                assertTrue(event.path("timestamp").asLong() > 1_700_000_000_000L);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 7, 99})
    void someEventsComeUnasked(int type) throws Exception {
        try (SimulatedZoom zoom = new SimulatedZoom()) {
            SimulatedMeeting meeting = play(zoom, LONG, PlayOptions.defaults());
            try (Client signaling = zoom.signaling(meeting)) {
                assertTrue(meeting.sendEvent(type, Messages.object()));
                assertEquals(
                        type,
                        signaling.expect(6).path("event").path("event_type").asInt());
            }
            Awaitility.await().until(() -> !meeting.sendEvent(type, Messages.object()));
            assertTrue(meeting.eventsLost() > 0);
        }
    }

    @ParameterizedTest
    @EnumSource(MediaType.class)
    void metadataGoWhereTheirMediumGoes(MediaType medium) throws Exception {
        try (SimulatedZoom zoom = new SimulatedZoom()) {
            SimulatedMeeting meeting = play(zoom, LONG, PlayOptions.defaults());
            try (Client signaling = zoom.signaling(meeting);
                    Client media = zoom.media(meeting, medium.bit())) {
                assertFalse(meeting.sendMetadata(medium, Messages.object()), "the client is not ready");
                signaling.send(ready(meeting));
                Awaitility.await().until(() -> meeting.isConnected(medium));
                long before = meeting.framesSent(medium);
                assertTrue(meeting.sendMetadata(medium, Messages.object().put("user_id", 5)));
                int type = 23 + medium.ordinal();
                JsonNode message = media.next();
                while (message.path("msg_type").asInt() != type) {
                    message = media.next();
                }
                assertEquals(5, message.path("content").path("user_id").asInt());
                assertTrue(message.path("content").has("timestamp"));
                assertTrue(
                        medium == MediaType.AUDIO || medium == MediaType.VIDEO || meeting.framesSent(medium) == before);
            }
        }
    }

    @Test
    void peopleSayComeAndGoOnRequest() throws Exception {
        try (SimulatedZoom zoom = new SimulatedZoom()) {
            SimulatedMeeting meeting = play(zoom, LONG, PlayOptions.defaults());
            try (Client signaling = zoom.signaling(meeting);
                    Client transcript = zoom.media(meeting, 8)) {
                signaling.send(subscribe(2, 4)).send(ready(meeting));
                signaling.expect(8);
                assertEquals(
                        "Ana",
                        signaling.expect(6).path("event").path("user_name").asText());
                assertThrows(IllegalArgumentException.class, () -> meeting.say("Zoë", "Nobody knows me."));
                assertTrue(meeting.join("Zoë"));
                assertFalse(meeting.join("Zoë"), "she is there already");
                assertTrue(meeting.say("Zoë", "Here I am."));
                assertEquals(
                        "Zoë",
                        signaling.expect(6).path("event").path("user_name").asText());
                JsonNode said = transcript.expect(17).path("content");
                assertEquals("Here I am.", said.path("data").asText());
                assertEquals(
                        meeting.participant("Zoë").id(), said.path("user_id").asLong());
                assertEquals(2, meeting.participants().size());
                assertTrue(meeting.leave("Zoë"));
                JsonNode left = signaling.expect(6).path("event");
                assertEquals(4, left.path("event_type").asInt());
                assertFalse(left.path("participants").get(0).has("user_name"));
                assertFalse(meeting.leave("Zoë"), "she is gone already");
            }
        }
    }

    @Test
    void whoSharesAndLeavesStopsSharing() throws Exception {
        try (SimulatedZoom zoom = new SimulatedZoom()) {
            SimulatedMeeting meeting = play(zoom, LONG, PlayOptions.defaults());
            try (Client signaling = zoom.signaling(meeting)) {
                signaling.send(subscribe(4, 5, 6));
                Awaitility.await().until(() -> meeting.subscribedEvents().size() == 3);
                assertTrue(meeting.startSharing("Ana"));
                assertTrue(meeting.leave("Ana"));
                for (int type : new int[] {5, 6, 4}) {
                    assertEquals(
                            type,
                            signaling.expect(6).path("event").path("event_type").asInt());
                }
            }
        }
    }

    @Test
    void aPausedSessionIsToldAndAnswered() throws Exception {
        try (SimulatedZoom zoom = new SimulatedZoom()) {
            SimulatedMeeting meeting = play(zoom, LONG, PlayOptions.defaults());
            try (Client signaling = zoom.signaling(meeting)) {
                assertSessionState(2, meeting, signaling);
                assertTrue(meeting.pauseSession());
                JsonNode paused = signaling.expect(9);
                assertEquals(3, paused.path("state").asInt());
                assertEquals(meeting.sessionId(), paused.path("rtms_session_id").asText());
                assertSessionState(3, meeting, signaling);
                assertTrue(meeting.resumeSession());
                assertEquals(4, signaling.expect(9).path("state").asInt());
                assertSessionState(4, meeting, signaling);
            }
        }
    }

    @Test
    void theContactCenterHasEventsAndChannelsOfItsOwn() throws Exception {
        try (SimulatedZoom zoom = new SimulatedZoom()) {
            PlayOptions options =
                    PlayOptions.defaults().withProduct(Product.CONTACT_CENTER).withSpeed(10);
            SimulatedMeeting meeting = play(zoom, WORDS.with(1000, new Happening.VideoTurned("Ana", false)), options);
            try (Client signaling = zoom.connect().send(SimulatedZoom.signalingRequest(meeting))) {
                JsonNode urls = signaling.expect(2).path("media_server").path("server_urls");
                assertEquals(2, urls.size());
                assertTrue(urls.has("audio") && urls.has("all"));
                try (Client media = zoom.media(meeting, MEDIA_ALL)) {
                    signaling.send(subscribe(2, 8, 9, 10, 11, 12)).send(ready(meeting));
                    assertEquals(Optional.of(StopReason.MEETING_ENDED), meeting.awaitEnd(Client.PATIENCE));
                    assertEquals(1000, signaling.closeCode());
                    List<JsonNode> events = signaling.received.stream()
                            .filter(message -> message.path("msg_type").asInt() == 6)
                            .map(message -> message.path("event"))
                            .filter(event -> event.path("event_type").asInt() > 7)
                            .toList();
                    assertEquals(
                            List.of(8, 10, 9, 11),
                            events.stream()
                                    .map(event -> event.path("event_type").asInt())
                                    .toList());
                    assertTrue(events.stream().allMatch(event -> event.has("event_ts") && !event.has("timestamp")));
                    JsonNode caller = events.getFirst().path("participant_info");
                    assertEquals("Ana", caller.path("display_name").asText());
                    assertEquals("caller", caller.path("participant_mode").asText());
                    JsonNode said = media.received.stream()
                            .filter(message -> message.path("msg_type").asInt() == 17)
                            .findFirst()
                            .orElseThrow();
                    assertEquals(
                            caller.path("channel_id").asText(),
                            said.path("content").path("channel_id").asText());
                }
            }
        }
    }

    private static SimulatedMeeting play(SimulatedZoom zoom, MeetingScript script, PlayOptions options) {
        return zoom.simulator().play(script, options.withWebhooks(false));
    }

    private static void assertSessionState(int state, SimulatedMeeting meeting, Client signaling) throws Exception {
        signaling.send(Messages.message(10).put("rtms_session_id", meeting.sessionId()));
        JsonNode answer = signaling.expect(11);
        assertEquals(state, answer.path("state").asInt());
        assertEquals(meeting.sessionId(), answer.path("rtms_session_id").asText());
        assertFalse(answer.has("status_code"));
    }
}
