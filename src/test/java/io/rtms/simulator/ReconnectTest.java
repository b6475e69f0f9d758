package io.rtms.simulator;

import static io.rtms.simulator.SimulatedZoom.MEDIA_AUDIO;
import static io.rtms.simulator.SimulatedZoom.MEDIA_TRANSCRIPT;
import static io.rtms.simulator.SimulatedZoom.ready;
import static io.rtms.simulator.SimulatedZoom.signalingRequest;
import static io.rtms.simulator.SimulatedZoom.subscribe;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.rtms.event.StopReason;
import io.rtms.media.MediaType;
import java.util.Optional;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReconnectTest {
    /** Forty cues of a second each. */
    private static final String FORTY = cues(40);

    @Test
    void aLostMediumIsToldAndTakenBackOnTheSameSignaling() throws Exception {
        try (SimulatedZoom zoom = new SimulatedZoom()) {
            SimulatedMeeting meeting = zoom.play(FORTY, 10);
            try (Client signaling = zoom.signaling(meeting)) {
                try (Client first = zoom.media(meeting, MEDIA_TRANSCRIPT)) {
                    signaling.send(ready(meeting));
                    assertState(1, 0, signaling);
                    first.expect(Messages.TRANSCRIPT);
                    first.vanish();
                }
                assertEquals(
                        7,
                        signaling
                                .expect(Messages.EVENT_UPDATE)
                                .path("event")
                                .path("event_type")
                                .asInt());
                assertState(2, 14, signaling);
                Awaitility.await().until(() -> meeting.transcriptsLost() > 2);
                long before = meeting.transcriptsSent();
                try (Client second = zoom.media(meeting, MEDIA_TRANSCRIPT)) {
                    signaling.send(ready(meeting));
                    assertState(1, 0, signaling);
                    assertEquals(Optional.of(StopReason.MEETING_ENDED), meeting.awaitEnd(Client.PATIENCE));
                    second.closeCode();
                    assertEquals(meeting.transcriptsSent() - before, second.received.size());
                }
                assertEquals(40, meeting.transcriptsSent() + meeting.transcriptsLost());
            }
        }
    }

    @Test
    void aLostSignalingTakesTheMediaWithItAndAllCanComeBack() throws Exception {
        try (SimulatedZoom zoom = new SimulatedZoom()) {
            SimulatedMeeting meeting = zoom.play(FORTY, 10);
            Client first = zoom.signaling(meeting);
            Client media = zoom.media(meeting, MEDIA_TRANSCRIPT);
            first.send(subscribe(3)).send(ready(meeting));
            media.expect(Messages.TRANSCRIPT);
            assertTrue(meeting.dropSignaling());
            assertEquals(1011, first.closeCode());
            assertEquals(1001, media.closeCode());
            assertFalse(meeting.isConnected(MediaType.TRANSCRIPT));
            try (Client second = zoom.signaling(meeting);
                    Client again = zoom.media(meeting, MEDIA_TRANSCRIPT)) {
                second.send(ready(meeting));
                assertState(1, 0, second);
                again.expect(Messages.TRANSCRIPT);
                assertEquals(Optional.of(StopReason.MEETING_ENDED), meeting.awaitEnd(Client.PATIENCE));
                assertEquals(40, meeting.transcriptsSent() + meeting.transcriptsLost());
            }
        }
    }

    @Test
    void afterALostSignalingFewerMediaMayComeBack() throws Exception {
        try (SimulatedZoom zoom = new SimulatedZoom("media-window", "1S")) {
            SimulatedMeeting meeting = zoom.play(FORTY, 10);
            Client first = zoom.signaling(meeting);
            Client audio = zoom.media(meeting, MEDIA_AUDIO);
            Client transcript = zoom.media(meeting, MEDIA_TRANSCRIPT);
            first.send(ready(meeting));
            transcript.expect(Messages.TRANSCRIPT);
            first.vanish();
            audio.closeCode();
            transcript.closeCode();
            try (Client second = zoom.signaling(meeting);
                    Client again = zoom.media(meeting, MEDIA_TRANSCRIPT)) {
                second.send(ready(meeting));
                again.expect(Messages.TRANSCRIPT);
                assertEquals(Optional.of(StopReason.MEETING_ENDED), meeting.awaitEnd(Client.PATIENCE));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void endsTheStreamWhenNobodyComesBackInTime(boolean signalingToo) throws Exception {
        try (SimulatedZoom zoom = new SimulatedZoom("signaling-window", "400MS", "media-window", "400MS")) {
            SimulatedMeeting meeting = zoom.play(FORTY, 1);
            try (Client signaling = zoom.signaling(meeting);
                    Client media = zoom.media(meeting, MEDIA_AUDIO)) {
                signaling.send(ready(meeting));
                media.expect(Messages.AUDIO);
                (signalingToo ? signaling : media).vanish();
                assertEquals(Optional.of(StopReason.AWAIT_RECONNECTION_TIMEOUT), meeting.awaitEnd(Client.PATIENCE));
            }
        }
    }

    @Test
    void threeUnansweredKeepAlivesCostTheMediaConnection() throws Exception {
        try (SimulatedZoom zoom = new SimulatedZoom("keep-alive-interval", "100MS", "media-window", "300MS")) {
            SimulatedMeeting meeting = zoom.play(FORTY, 1);
            try (Client signaling = zoom.signaling(meeting);
                    Client media = zoom.media(meeting, MEDIA_TRANSCRIPT)) {
                media.answering = false;
                signaling.send(ready(meeting));
                assertEquals(1000, media.closeCode());
                assertEquals(3, media.keepAlives.get());
                assertEquals(Optional.of(StopReason.KEEP_ALIVE_TIMEOUT), meeting.awaitEnd(Client.PATIENCE));
                assertTrue(signaling.keepAlives.get() > 3);
            }
        }
    }

    @Test
    void threeUnansweredKeepAlivesOnSignalingCostEverything() throws Exception {
        try (SimulatedZoom zoom = new SimulatedZoom("keep-alive-interval", "100MS", "signaling-window", "300MS")) {
            SimulatedMeeting meeting = zoom.play(FORTY, 1);
            try (Client signaling = zoom.signaling(meeting);
                    Client media = zoom.media(meeting, MEDIA_TRANSCRIPT)) {
                signaling.answering = false;
                signaling.send(ready(meeting));
                assertEquals(1000, signaling.closeCode());
                assertEquals(1001, media.closeCode());
                assertEquals(Optional.of(StopReason.KEEP_ALIVE_TIMEOUT), meeting.awaitEnd(Client.PATIENCE));
            }
        }
    }

    @Test
    void answeredKeepAlivesKeepTheConnections() throws Exception {
        try (SimulatedZoom zoom = new SimulatedZoom("keep-alive-interval", "200MS")) {
            SimulatedMeeting meeting = zoom.play(FORTY, 1);
            try (Client signaling = zoom.signaling(meeting);
                    Client media = zoom.media(meeting, MEDIA_TRANSCRIPT)) {
                signaling.send(ready(meeting));
                Awaitility.await().until(() -> media.keepAlives.get() > 5 && signaling.keepAlives.get() > 5);
                assertFalse(media.closed.isDone() || signaling.closed.isDone());
            }
        }
    }

    @Test
    void aSecondHandshakeIsRefusedWhileTheFirstSocketIsWellAndTakenAfterwards() throws Exception {
        try (SimulatedZoom zoom = new SimulatedZoom()) {
            SimulatedMeeting meeting = zoom.play(FORTY, 1);
            Client first = zoom.signaling(meeting);
            try (Client refused = zoom.connect().send(signalingRequest(meeting))) {
                assertEquals(
                        8,
                        refused.expect(Messages.SIGNALING_HANDSHAKE_RESPONSE)
                                .path("status_code")
                                .asInt());
            }
            first.vanish();
            Awaitility.await().until(() -> {
                try (Client again = zoom.connect().send(signalingRequest(meeting))) {
                    return again.expect(Messages.SIGNALING_HANDSHAKE_RESPONSE)
                                    .path("status_code")
                                    .asInt()
                            == 0;
                }
            });
        }
    }

    private static void assertState(int state, int reason, Client signaling) throws InterruptedException {
        ObjectNode update = signaling.expect(Messages.STREAM_STATE_UPDATE);
        assertEquals(state, update.path("state").asInt());
        assertEquals(reason, update.path("reason").asInt(-1));
    }

    private static String cues(int count) {
        StringBuilder webVtt = new StringBuilder("WEBVTT\n");
        for (int i = 0; i < count; i++) {
            webVtt.append("\n00:%02d.000 --> 00:%02d.000\n<v Ana>Word %d</v>\n".formatted(i, i + 1, i));
        }
        return webVtt.toString();
    }
}
