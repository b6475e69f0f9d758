package io.rtms.simulator;

import static io.rtms.simulator.SimulatedZoom.MEDIA_ALL;
import static io.rtms.simulator.SimulatedZoom.mediaRequest;
import static io.rtms.simulator.SimulatedZoom.ready;
import static io.rtms.simulator.SimulatedZoom.signalingRequest;
import static io.rtms.simulator.SimulatedZoom.subscribe;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.rtms.event.Product;
import io.rtms.event.StopReason;
import io.rtms.simulator.script.ChatMessage;
import io.rtms.simulator.script.Happening;
import io.rtms.simulator.script.MeetingScript;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Unusual forms of messages, each on request, and none without. */
class DeviationTest {
    private static final MeetingScript SCRIPT = MeetingScript.parse(
                    "all", "WEBVTT\n\n00:00.000 --> 00:02.000\n<v Ana>Everything.</v>\n")
            .with(100, new Happening.SharingStarted("Ana"))
            .with(200, ChatMessage.of("Ana", "m1", "Hello"));

    private SimulatedZoom zoom;

    @BeforeEach
    void start() {
        zoom = new SimulatedZoom();
    }

    @AfterEach
    void stop() throws Exception {
        zoom.close();
    }

    /** What a client heard: media, and signaling. */
    private record Heard(ObjectNode grant, List<ObjectNode> media, List<ObjectNode> signaling) {
        JsonNode first(int type) {
            return media.stream()
                    .filter(message -> message.path("msg_type").asInt() == type)
                    .findFirst()
                    .orElseThrow();
        }
    }

    @Test
    void withoutDeviationsMessagesHaveTheirUsualForm() throws Exception {
        Heard heard = play();
        for (int type : new int[] {15, 16, 17, 18}) {
            JsonNode content = heard.first(type).path("content");
            assertTrue(content.isObject() && content.path("user_id").isNumber(), content.toString());
            assertEquals("Ana", content.path("user_name").asText());
            assertTrue(content.has("data") && content.has("timestamp"));
        }
        assertFalse(heard.first(14).path("content").has("user_name"), "mixed audio is nobody's");
        assertTrue(heard.grant().has("payload_encrypted"));
        assertTrue(heard.media().stream()
                .allMatch(message -> message.path("msg_type").asInt() < 28));
    }

    @Test
    void userIdsCanBeText() throws Exception {
        Heard heard = play(Deviation.USER_ID_AS_STRING);
        for (int type : new int[] {14, 15, 16, 17, 18}) {
            assertTrue(heard.first(type).path("content").path("user_id").isTextual());
        }
        JsonNode joined = heard.signaling().getFirst().path("event");
        assertEquals(
                "16778240", joined.path("participants").get(0).path("user_id").textValue());
    }

    @Test
    void namesCanBeMissing() throws Exception {
        Heard heard = play(Deviation.NO_USER_NAME);
        for (int type : new int[] {15, 16, 17, 18}) {
            assertFalse(heard.first(type).path("content").has("user_name"));
        }
    }

    @Test
    void contentCanBeThePayloadItself() throws Exception {
        Heard heard = play(Deviation.CONTENT_AS_STRING);
        for (int type : new int[] {14, 15, 16}) {
            JsonNode message = heard.first(type);
            assertTrue(Base64.getDecoder().decode(message.path("content").textValue()).length > 100);
            assertTrue(message.has("user_id") && message.has("timestamp"));
        }
        assertEquals("Everything.", heard.first(17).path("content").textValue());
        assertEquals("Ana", heard.first(17).path("user_name").asText());
        assertEquals("Hello", heard.first(18).path("content").textValue());
        assertEquals("m1", heard.first(18).path("message_id").asText());
    }

    @Test
    void messageFourCanNameEncryptionAndLanguageOtherwise() throws Exception {
        ObjectNode grant =
                play(Deviation.PAYLOAD_ENCRYPTION_NAME, Deviation.LANGUAGE_NAME).grant();
        assertTrue(grant.has("payload_encryption") && !grant.has("payload_encrypted"));
        JsonNode transcript = grant.path("media_params").path("transcript");
        assertEquals(9, transcript.path("language").asInt());
        assertFalse(transcript.has("src_language"));
    }

    @Test
    void statesCanSayStopReasonInsteadOfReason() throws Exception {
        Heard heard = play(Deviation.STOP_REASON_NAMES);
        ObjectNode terminated = heard.signaling().get(heard.signaling().size() - 2);
        assertEquals(6, terminated.path("stop_reason").asInt());
        assertFalse(terminated.has("reason"));
        assertEquals(6, heard.signaling().getLast().path("reason").asInt());
    }

    @Test
    void sharedImagesCanBeDataUrls() throws Exception {
        String share = play(Deviation.DATA_URL_SHARES)
                .first(16)
                .path("content")
                .path("data")
                .textValue();
        assertTrue(share.startsWith("data:image/jpeg;base64,/9j/"), share.substring(0, 40));
    }

    @Test
    void unknownMessagesAndFieldsCanBeMixedIn() throws Exception {
        Heard heard = play(Deviation.UNKNOWN_MESSAGES);
        long strangers = heard.media().stream()
                .filter(message -> message.path("msg_type").asInt() == 77)
                .count();
        assertTrue(strangers > 10);
        assertTrue(heard.first(17).has("from_the_future"));
        assertEquals("Everything.", heard.first(17).path("content").path("data").asText());
    }

    @ParameterizedTest
    @CsvSource({"false, 1011", "true, 1000"})
    void droppedConnectionsCanBeClosedAsIfAllWereWell(boolean deviating, int code) throws Exception {
        Deviation[] deviations = deviating ? new Deviation[] {Deviation.DROPS_WITH_1000} : new Deviation[0];
        PlayOptions options = PlayOptions.defaults()
                .withProduct(Product.CONTACT_CENTER)
                .withWebhooks(false)
                .withDeviations(deviations);
        SimulatedMeeting meeting = zoom.simulator().play(SCRIPT, options);
        try (Client signaling = zoom.signaling(meeting)) {
            assertTrue(meeting.dropSignaling());
            assertEquals(code, signaling.closeCode());
        }
        try (Client again = zoom.signaling(meeting)) {
            assertEquals(2, meeting.signalingHandshakes());
        }
    }

    @Test
    void serverUrlsCanBeOneText() throws Exception {
        SimulatedMeeting meeting = zoom.simulator()
                .play(SCRIPT, PlayOptions.defaults().withWebhooks(false).withDeviations(Deviation.ONE_MEDIA_URL));
        try (Client signaling = zoom.connect().send(signalingRequest(meeting))) {
            assertTrue(signaling
                    .expect(2)
                    .path("media_server")
                    .path("server_urls")
                    .asText()
                    .endsWith("/media/all"));
        }
    }

    @ParameterizedTest
    @CsvSource({"false, 1000000000000", "true, 1000000000"})
    void theStateOfAStreamCanHaveItsTimeInSeconds(boolean deviating, long magnitude) throws Exception {
        Deviation[] deviations = deviating ? new Deviation[] {Deviation.SECONDS_IN_STATE} : new Deviation[0];
        SimulatedMeeting meeting = zoom.simulator()
                .play(SCRIPT, PlayOptions.defaults().withWebhooks(false).withDeviations(deviations));
        try (Client signaling = zoom.signaling(meeting)) {
            signaling.send(Messages.message(19).put("rtms_stream_id", meeting.streamId()));
            long timestamp = signaling.expect(20).path("timestamp").asLong();
            assertEquals(1, timestamp / magnitude);
        }
    }

    private Heard play(Deviation... deviations) throws Exception {
        PlayOptions options =
                PlayOptions.defaults().withSpeed(4).withWebhooks(false).withDeviations(deviations);
        SimulatedMeeting meeting = zoom.simulator().play(SCRIPT, options);
        try (Client signaling = zoom.connect().send(signalingRequest(meeting))) {
            awaitType(signaling, 9);
            try (Client media = zoom.connect().send(mediaRequest(meeting, MEDIA_ALL))) {
                ObjectNode grant = awaitType(media, 4);
                signaling.send(subscribe(3)).send(ready(meeting));
                assertEquals(Optional.of(StopReason.MEETING_ENDED), meeting.awaitEnd(Client.PATIENCE));
                media.closeCode();
                signaling.closeCode();
                return new Heard(grant, List.copyOf(media.received), List.copyOf(signaling.received));
            }
        }
    }

    private static ObjectNode awaitType(Client client, int type) throws InterruptedException {
        ObjectNode message = client.next();
        while (message.path("msg_type").asInt() != type) {
            message = client.next();
        }
        return message;
    }
}
