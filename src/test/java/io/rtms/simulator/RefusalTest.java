package io.rtms.simulator;

import static io.rtms.simulator.SimulatedZoom.MEDIA_ALL;
import static io.rtms.simulator.SimulatedZoom.MEDIA_AUDIO;
import static io.rtms.simulator.SimulatedZoom.MEDIA_TRANSCRIPT;
import static io.rtms.simulator.SimulatedZoom.mediaRequest;
import static io.rtms.simulator.SimulatedZoom.signalingRequest;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.rtms.event.StatusCode;
import io.rtms.media.MediaType;
import io.rtms.simulator.fault.Refusal;
import io.rtms.simulator.fault.Refusal.Request;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Requests that are refused because the test wants so. */
class RefusalTest {
    private static final String LONG = "WEBVTT\n\n00:00.000 --> 10:00.000\n<v Ana>And so on.</v>\n";

    private SimulatedZoom zoom;

    @BeforeEach
    void start() {
        zoom = new SimulatedZoom();
    }

    @AfterEach
    void stop() throws Exception {
        zoom.close();
    }

    @ParameterizedTest
    @EnumSource(
            value = StatusCode.class,
            mode = EnumSource.Mode.EXCLUDE,
            names = {"OK", "UNKNOWN"})
    void everyStatusCanBeAnsweredToEverything(StatusCode status) throws Exception {
        SimulatedMeeting meeting = play(
                Refusal.of(Request.SIGNALING_HANDSHAKE, status).times(1),
                Refusal.of(Request.MEDIA_HANDSHAKE, status),
                Refusal.of(Request.VIDEO_SUBSCRIPTION, status),
                Refusal.of(Request.STREAM_CLOSE, status),
                Refusal.of(Request.SESSION_STATE, status),
                Refusal.of(Request.STREAM_STATE, status));
        try (Client refused = zoom.connect().send(signalingRequest(meeting))) {
            assertEquals(status.number(), status(refused, 2));
            assertEquals(1000, refused.closeCode());
        }
        try (Client signaling = zoom.signaling(meeting)) {
            try (Client media = zoom.connect().send(mediaRequest(meeting, MEDIA_AUDIO))) {
                assertEquals(status.number(), status(media, 4));
                assertEquals(1000, media.closeCode());
            }
            signaling.send(Messages.message(28).put("user_id", 1));
            assertEquals(status.number(), status(signaling, 29));
            signaling.send(Messages.message(10).put("rtms_session_id", meeting.sessionId()));
            assertEquals(status.number(), status(signaling, 11));
            signaling.send(Messages.message(19).put("rtms_stream_id", meeting.streamId()));
            assertEquals(status.number(), status(signaling, 20));
            signaling.send(Messages.message(21).put("rtms_stream_id", meeting.streamId()));
            assertEquals(status.number(), status(signaling, 22));
            assertFalse(signaling.closed.isDone(), "a refused close closes nothing");
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3})
    void aRequestIsRefusedAsOftenAsAskedFor(int times) throws Exception {
        SimulatedMeeting meeting = play(Refusal.of(Request.SIGNALING_HANDSHAKE, StatusCode.DUPLICATE_SIGNAL_REQUEST)
                .times(times)
                .because("come back later"));
        for (int i = 0; i < times; i++) {
            try (Client refused = zoom.connect().send(signalingRequest(meeting))) {
                ObjectNode reply = refused.expect(2);
                assertEquals(8, reply.path("status_code").asInt());
                assertEquals("come back later", reply.path("reason").asText());
            }
        }
        try (Client signaling = zoom.signaling(meeting)) {
            assertEquals(times + 1, meeting.signalingAttempts());
            assertEquals(1, meeting.signalingHandshakes());
        }
    }

    @Test
    void refusalsOfOneRequestFollowEachOther() throws Exception {
        SimulatedMeeting meeting = play(
                Refusal.of(Request.SIGNALING_HANDSHAKE, StatusCode.INTERNAL_EXCEPTION)
                        .times(1),
                Refusal.of(Request.SIGNALING_HANDSHAKE, 99).times(1));
        for (int expected : new int[] {45, 99, 0}) {
            try (Client client = zoom.connect().send(signalingRequest(meeting))) {
                assertEquals(expected, status(client, 2));
            }
        }
    }

    @Test
    void oneMediumCanBeRefusedWhileOthersAreServed() throws Exception {
        SimulatedMeeting meeting = play(Refusal.of(MediaType.AUDIO, StatusCode.MEDIA_TYPE_AUDIO_NOT_SUPPORT));
        try (Client signaling = zoom.signaling(meeting);
                Client audio = zoom.connect().send(mediaRequest(meeting, MEDIA_AUDIO));
                Client all = zoom.connect().send(mediaRequest(meeting, MEDIA_ALL));
                Client transcript = zoom.connect().send(mediaRequest(meeting, MEDIA_TRANSCRIPT))) {
            assertEquals(9, status(audio, 4));
            assertEquals(9, status(all, 4));
            assertEquals(0, status(transcript, 4));
            assertEquals(Optional.empty(), meeting.parameters(MediaType.AUDIO));
            assertTrue(meeting.parameters(MediaType.TRANSCRIPT).isPresent());
        }
    }

    @Test
    void whoHasTheWrongSignatureIsToldSoEvenWhereRequestsAreRefused() throws Exception {
        SimulatedMeeting meeting = play(Refusal.of(Request.SIGNALING_HANDSHAKE, StatusCode.INTERNAL_EXCEPTION));
        try (Client client = zoom.connect().send(signalingRequest(meeting).put("signature", "0"))) {
            assertEquals(3, status(client, 2));
            assertEquals(0, meeting.signalingAttempts());
        }
    }

    @Test
    void aRefusalHasToMakeSense() {
        Refusal refusal = Refusal.of(Request.STREAM_CLOSE, StatusCode.INVALID_PAYLOAD);
        assertThrows(IllegalArgumentException.class, () -> refusal.times(0));
        assertThrows(
                IllegalArgumentException.class,
                () -> new Refusal(Request.STREAM_CLOSE, Optional.of(MediaType.AUDIO), 1, "", 1));
    }

    private SimulatedMeeting play(Refusal... refusals) {
        return zoom.play(LONG, PlayOptions.defaults().withRefusals(refusals));
    }

    private static int status(Client client, int type) throws InterruptedException {
        return client.expect(type).path("status_code").asInt(-1);
    }
}
