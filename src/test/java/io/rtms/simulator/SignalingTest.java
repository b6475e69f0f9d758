package io.rtms.simulator;

import static io.rtms.simulator.SimulatedZoom.MEDIA_TRANSCRIPT;
import static io.rtms.simulator.SimulatedZoom.ready;
import static io.rtms.simulator.SimulatedZoom.signalingRequest;
import static io.rtms.simulator.SimulatedZoom.subscribe;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.rtms.event.Product;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SignalingTest {
    private static final String TWO_SPEAKERS = """
            WEBVTT

            00:00.000 --> 00:01.000
            <v Ana>One.</v>

            00:01.000 --> 00:02.000
            <v Ana>Two.</v>

            00:02.000 --> 00:03.000
            <v Ben>Three.</v>
            """;

    private SimulatedZoom zoom;
    private SimulatedMeeting meeting;

    @BeforeEach
    void start() {
        zoom = new SimulatedZoom("handshake-timeout", "500MS");
        meeting = zoom.play(TWO_SPEAKERS, 10);
    }

    @AfterEach
    void stop() throws Exception {
        zoom.close();
    }

    @Test
    void answersARightHandshakeWithMediaUrlsAndStates() throws Exception {
        try (Client client = zoom.connect().send(signalingRequest(meeting).put("sequence", 77))) {
            ObjectNode reply = client.expect(Messages.SIGNALING_HANDSHAKE_RESPONSE);
            assertEquals(0, reply.path("status_code").asInt(-1));
            assertEquals(77, reply.path("sequence").asInt());
            ObjectNode urls = (ObjectNode) reply.path("media_server").path("server_urls");
            for (String medium : List.of("audio", "video", "transcript", "deskshare", "chat", "all")) {
                assertTrue(
                        urls.path(medium).asText().startsWith(zoom.simulator().gatewayUrl()), medium);
            }
            ObjectNode first = client.expect(Messages.EVENT_UPDATE);
            assertEquals(1, first.path("event").path("event_type").asInt());
            assertTrue(first.path("event").path("timestamp").asLong() > 1_700_000_000_000L);
            assertEquals(
                    2,
                    client.expect(Messages.SESSION_STATE_UPDATE).path("state").asInt());
        }
    }

    @ParameterizedTest
    @EnumSource(Product.class)
    void takesTheMeetingsIdUnderTheKeyOfAnyProduct(Product product) throws Exception {
        ObjectNode request = signalingRequest(meeting);
        request.remove(Product.MEETING.idKey());
        try (Client client = zoom.connect().send(request.put(product.idKey(), meeting.meetingUuid()))) {
            assertEquals(
                    0,
                    client.expect(Messages.SIGNALING_HANDSHAKE_RESPONSE)
                            .path("status_code")
                            .asInt(-1));
        }
    }

    @Test
    void readsAHandshakeInABinaryFrame() throws Exception {
        try (Client client = zoom.connect().sendBinary(signalingRequest(meeting))) {
            assertEquals(
                    0,
                    client.expect(Messages.SIGNALING_HANDSHAKE_RESPONSE)
                            .path("status_code")
                            .asInt(-1));
        }
    }

    @Test
    void meetingIdsHoldEveryCharacterThatIsEasilyEscapedWrongly() {
        assertTrue(List.of("/", "+", "=").stream().allMatch(meeting.meetingUuid()::contains), meeting.meetingUuid());
    }

    @Test
    void refusesAnUnknownStream() throws Exception {
        assertRefused(2, signalingRequest(meeting).put("rtms_stream_id", "unknown"));
    }

    @Test
    void refusesAWrongSignature() throws Exception {
        String signature = SimulatedZoom.signature(meeting);
        char other = signature.charAt(5) == '0' ? '1' : '0';
        assertRefused(
                3,
                signalingRequest(meeting).put("signature", signature.substring(0, 5) + other + signature.substring(6)));
    }

    @Test
    void refusesAnEscapedMeetingId() throws Exception {
        String escaped = java.net.URLEncoder.encode(meeting.meetingUuid(), java.nio.charset.StandardCharsets.UTF_8);
        assertRefused(4, signalingRequest(meeting).put("meeting_uuid", escaped));
    }

    @Test
    void refusesAnIncompleteHandshake() throws Exception {
        for (String field : Arrays.asList("meeting_uuid", "rtms_stream_id", "signature")) {
            ObjectNode request = signalingRequest(meeting);
            request.remove(field);
            assertRefused(4, request);
        }
    }

    @Test
    void refusesAMessageThatIsNoHandshake() throws Exception {
        assertRefused(1, ready(meeting));
    }

    @Test
    void refusesWhatIsNoJson() throws Exception {
        try (Client client = zoom.connect().sendText("hello {")) {
            assertEquals(
                    4,
                    client.expect(Messages.SIGNALING_HANDSHAKE_RESPONSE)
                            .path("status_code")
                            .asInt());
            assertEquals(1000, client.closeCode());
        }
    }

    @Test
    void refusesASecondSignalingConnection() throws Exception {
        try (Client first = zoom.signaling(meeting)) {
            assertRefused(8, signalingRequest(meeting));
            assertFalse(first.closed.isDone());
        }
    }

    @Test
    void closesASocketThatSaysNothing() throws Exception {
        try (Client client = zoom.connect()) {
            assertEquals(1000, client.closeCode());
            assertTrue(client.received.isEmpty());
        }
    }

    @Test
    void tellsWhoIsThereRightAfterSubscribing() throws Exception {
        try (Client client = zoom.signaling(meeting)) {
            client.send(subscribe(3));
            ObjectNode event = client.expect(Messages.EVENT_UPDATE);
            assertEquals(3, event.path("event").path("event_type").asInt());
            assertEquals(
                    "[{\"user_id\":16778240,\"user_name\":\"Ana\"},{\"user_id\":16779264,\"user_name\":\"Ben\"}]",
                    event.path("event").path("participants").toString());
        }
    }

    @Test
    void tellsWhenTheSpeakerChangesAndWhoLeaves() throws Exception {
        try (Client client = zoom.signaling(meeting);
                Client media = zoom.media(meeting, MEDIA_TRANSCRIPT)) {
            client.send(subscribe(2, 4)).send(ready(meeting));
            assertEquals(
                    1, client.expect(Messages.STREAM_STATE_UPDATE).path("state").asInt());
            assertSpeaker("Ana", client.expect(Messages.EVENT_UPDATE));
            assertSpeaker("Ben", client.expect(Messages.EVENT_UPDATE));
            ObjectNode left = client.expect(Messages.EVENT_UPDATE);
            assertEquals(4, left.path("event").path("event_type").asInt());
            assertEquals(
                    "[{\"user_id\":16778240},{\"user_id\":16779264}]",
                    left.path("event").path("participants").toString());
        }
    }

    @Test
    void sendsNoEventThatWasNotSubscribedTo() throws Exception {
        try (Client client = zoom.signaling(meeting);
                Client media = zoom.media(meeting, MEDIA_TRANSCRIPT)) {
            ObjectNode unsubscribe = Messages.message(Messages.EVENT_SUBSCRIPTION);
            unsubscribe.putArray("events").addObject().put("event_type", 2).put("subscribe", false);
            client.send(subscribe(2)).send(unsubscribe).send(ready(meeting));
            assertEquals(1000, client.closeCode());
            assertTrue(client.received.stream()
                    .noneMatch(message -> message.path("msg_type").asInt() == Messages.EVENT_UPDATE));
        }
    }

    @Test
    void answersStateQueries() throws Exception {
        try (Client client = zoom.signaling(meeting)) {
            client.send(Messages.message(19).put("rtms_stream_id", meeting.streamId()));
            assertEquals(0, client.expect(20).path("state").asInt(-1));
            client.send(Messages.message(19).put("rtms_stream_id", "unknown"));
            assertEquals(2, client.expect(20).path("status_code").asInt());
            client.send(Messages.message(10).put("rtms_session_id", meeting.sessionId()));
            assertEquals(2, client.expect(11).path("state").asInt(-1));
            client.send(Messages.message(10).put("rtms_session_id", "unknown"));
            assertEquals(40, client.expect(11).path("status_code").asInt());
        }
    }

    private static void assertSpeaker(String name, ObjectNode message) {
        assertEquals(2, message.path("event").path("event_type").asInt());
        assertEquals(name, message.path("event").path("user_name").asText());
    }

    private void assertRefused(int status, ObjectNode request) throws Exception {
        try (Client client = zoom.connect().send(request)) {
            ObjectNode reply = client.expect(Messages.SIGNALING_HANDSHAKE_RESPONSE);
            assertEquals(status, reply.path("status_code").asInt());
            assertFalse(reply.path("reason").asText().isBlank());
            assertEquals(1000, client.closeCode());
        }
    }
}
