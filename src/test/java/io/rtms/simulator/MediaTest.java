package io.rtms.simulator;

import static io.rtms.simulator.SimulatedZoom.MEDIA_ALL;
import static io.rtms.simulator.SimulatedZoom.MEDIA_AUDIO;
import static io.rtms.simulator.SimulatedZoom.MEDIA_TRANSCRIPT;
import static io.rtms.simulator.SimulatedZoom.mediaRequest;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MediaTest {
    private static final String ONE_CUE = """
            WEBVTT

            00:00.000 --> 00:01.000
            <v Ana>One.</v>
            """;

    @Test
    void echoesTheParametersThatAreInForce() throws Exception {
        try (SimulatedZoom zoom = new SimulatedZoom()) {
            SimulatedMeeting meeting = zoom.play(ONE_CUE, 1);
            try (Client signaling = zoom.signaling(meeting)) {
                ObjectNode request = mediaRequest(meeting, MEDIA_AUDIO);
                request.putObject("media_params")
                        .putObject("audio")
                        .put("content_type", 1)
                        .put("codec", 4)
                        .put("sample_rate", 3)
                        .put("channel", 2)
                        .put("data_opt", 2)
                        .put("send_rate", 110);
                try (Client media = zoom.connect().send(request)) {
                    ObjectNode reply = media.expect(Messages.DATA_HANDSHAKE_RESPONSE);
                    assertEquals(0, reply.path("status_code").asInt(-1));
                    assertEquals(
                            "{\"content_type\":2,\"sample_rate\":3,\"channel\":2,\"codec\":4,\"data_opt\":2,\"send_rate\":20}",
                            reply.path("media_params").path("audio").toString());
                }
            }
        }
    }

    @Test
    void fillsInDefaultsForEveryMediumOfACombinedSocket() throws Exception {
        try (SimulatedZoom zoom = new SimulatedZoom()) {
            SimulatedMeeting meeting = zoom.play(ONE_CUE, 1);
            try (Client signaling = zoom.signaling(meeting);
                    Client media = zoom.connect().send(mediaRequest(meeting, MEDIA_ALL))) {
                JsonNode parameters =
                        media.expect(Messages.DATA_HANDSHAKE_RESPONSE).path("media_params");
                assertEquals(20, parameters.path("audio").path("send_rate").asInt());
                assertEquals(1, parameters.path("audio").path("data_opt").asInt());
                assertEquals(
                        9, parameters.path("transcript").path("src_language").asInt());
                assertTrue(parameters.has("video") && parameters.has("deskshare") && parameters.has("chat"));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, -1, 33, 63, 64})
    void refusesAMediaTypeThatDoesNotExist(int mediaType) throws Exception {
        assertRefused(14, mediaType);
    }

    @ParameterizedTest
    @CsvSource({"16, 1, 1", "16, 8, 9", "15, 32, 1", "15, 1, 32", "16, 32, 32"})
    void refusesASecondSocketForAMedium(int status, int first, int second) throws Exception {
        try (SimulatedZoom zoom = new SimulatedZoom()) {
            SimulatedMeeting meeting = zoom.play(ONE_CUE, 1);
            try (Client signaling = zoom.signaling(meeting);
                    Client media = zoom.media(meeting, first);
                    Client other = zoom.connect().send(mediaRequest(meeting, second))) {
                assertEquals(
                        status,
                        other.expect(Messages.DATA_HANDSHAKE_RESPONSE)
                                .path("status_code")
                                .asInt());
                assertEquals(1000, other.closeCode());
            }
        }
    }

    @Test
    void refusesAWrongSignature() throws Exception {
        try (SimulatedZoom zoom = new SimulatedZoom()) {
            SimulatedMeeting meeting = zoom.play(ONE_CUE, 1);
            try (Client signaling = zoom.signaling(meeting);
                    Client media = zoom.connect().send(mediaRequest(meeting, 1).put("signature", "0".repeat(64)))) {
                assertEquals(
                        3,
                        media.expect(Messages.DATA_HANDSHAKE_RESPONSE)
                                .path("status_code")
                                .asInt());
                assertEquals(1000, media.closeCode());
            }
        }
    }

    @Test
    void refusesMediaWhileThereIsNoSignaling() throws Exception {
        try (SimulatedZoom zoom = new SimulatedZoom()) {
            SimulatedMeeting meeting = zoom.play(ONE_CUE, 1);
            try (Client media = zoom.connect().send(mediaRequest(meeting, 1))) {
                assertEquals(
                        45,
                        media.expect(Messages.DATA_HANDSHAKE_RESPONSE)
                                .path("status_code")
                                .asInt());
            }
        }
    }

    @ParameterizedTest
    @CsvSource({
        "18, 1, 1, 1, 1, 1, 20", "19, 5, 1, 1, 1, 1, 20", "20, 2, 7, 1, 1, 1, 20", "21, 2, 1, 3, 1, 1, 20",
        "22, 2, 1, 1, 9, 1, 20", "23, 2, 1, 1, 1, 4, 20", "24, 2, 1, 1, 1, 1, 30", "24, 2, 3, 1, 4, 1, 40",
        "0, 2, 3, 2, 4, 2, 20", "0, 2, 0, 1, 1, 1, 1000"
    })
    void strictModeChecksTheWholeCombination(
            int status, int content, int rate, int channel, int codec, int dataOption, int sendRate) throws Exception {
        try (SimulatedZoom zoom = new SimulatedZoom("strict", "true")) {
            SimulatedMeeting meeting = zoom.play(ONE_CUE, 1);
            ObjectNode request = mediaRequest(meeting, MEDIA_AUDIO);
            request.putObject("media_params")
                    .putObject("audio")
                    .put("content_type", content)
                    .put("codec", codec)
                    .put("sample_rate", rate)
                    .put("channel", channel)
                    .put("data_opt", dataOption)
                    .put("send_rate", sendRate);
            try (Client signaling = zoom.signaling(meeting);
                    Client media = zoom.connect().send(request)) {
                assertEquals(
                        status,
                        media.expect(Messages.DATA_HANDSHAKE_RESPONSE)
                                .path("status_code")
                                .asInt(-1));
            }
        }
    }

    @Test
    void sendsNothingBeforeTheClientIsReady() throws Exception {
        try (SimulatedZoom zoom = new SimulatedZoom()) {
            SimulatedMeeting meeting = zoom.play(ONE_CUE, 100);
            try (Client signaling = zoom.signaling(meeting);
                    Client media = zoom.media(meeting, MEDIA_TRANSCRIPT + MEDIA_AUDIO)) {
                Awaitility.await()
                        .during(Duration.ofMillis(400))
                        .atMost(Duration.ofSeconds(5))
                        .until(media.received::isEmpty);
                signaling.send(SimulatedZoom.ready(meeting));
                assertTrue(media.next().has("content"));
            }
        }
    }

    private static void assertRefused(int status, int mediaType) throws Exception {
        try (SimulatedZoom zoom = new SimulatedZoom()) {
            SimulatedMeeting meeting = zoom.play(ONE_CUE, 1);
            try (Client signaling = zoom.signaling(meeting);
                    Client media = zoom.connect().send(mediaRequest(meeting, mediaType))) {
                assertEquals(
                        status,
                        media.expect(Messages.DATA_HANDSHAKE_RESPONSE)
                                .path("status_code")
                                .asInt());
                assertEquals(1000, media.closeCode());
            }
        }
    }
}
