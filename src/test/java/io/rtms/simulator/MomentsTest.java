package io.rtms.simulator;

import static io.rtms.simulator.SimulatedZoom.MEDIA_TRANSCRIPT;
import static io.rtms.simulator.SimulatedZoom.mediaRequest;
import static io.rtms.simulator.SimulatedZoom.ready;
import static io.rtms.simulator.SimulatedZoom.signalingAtHome;
import static io.rtms.simulator.SimulatedZoom.signalingRequest;
import static io.rtms.simulator.SimulatedZoom.words;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.rtms.event.StatusCode;
import io.rtms.event.StopReason;
import io.rtms.media.MediaType;
import io.rtms.simulator.fault.ArmedFault;
import io.rtms.simulator.fault.Ending;
import io.rtms.simulator.fault.Fault;
import io.rtms.simulator.fault.Moment;
import io.rtms.simulator.fault.Notice;
import io.rtms.simulator.fault.On;
import io.rtms.simulator.fault.Refusal;
import io.rtms.simulator.script.MeetingScript;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.net.http.WebSocketHandshakeException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Faults wait for their moment, and are used up. */
class MomentsTest {
    private static final Fault DROP = new Fault.DropSignaling(Ending.CLOSE_1011, Notice.NONE);

    private final SimulatedZoom zoom = new SimulatedZoom();

    @AfterEach
    void close() throws Exception {
        zoom.close();
    }

    @Test
    void signalingIsEndedBeforeMessage1IsAnsweredSoOftenAsAskedFor() throws Exception {
        SimulatedMeeting meeting = play(new ArmedFault(Moment.SIGNALING_HANDSHAKE, DROP, 2));
        for (int i = 0; i < 2; i++) {
            try (Client ended = Client.connect(meeting.signalingUrl()).send(signalingRequest(meeting))) {
                assertEquals(1011, ended.closeCode());
                assertTrue(ended.received.isEmpty());
            }
        }
        signalingAtHome(meeting).close();
        assertEquals(
                List.of(-1, -1, 0),
                meeting.ledger().signalingAttempts().stream()
                        .map(Ledger.Attempt::status)
                        .toList());
    }

    @Test
    void message1MayNeverBeAnswered() throws Exception {
        try (SimulatedZoom hasty = new SimulatedZoom("handshake-timeout", "200MS", "join-timeout", "1S")) {
            SimulatedMeeting meeting = hasty.simulator()
                    .play(
                            MeetingScript.parse("words", words(60)),
                            PlayOptions.defaults()
                                    .withWebhooks(false)
                                    .withFault(Moment.SIGNALING_HANDSHAKE, new Fault.Silence(On.SIGNALING)));
            try (Client signaling = Client.connect(meeting.signalingUrl()).send(signalingRequest(meeting))) {
                assertEquals(Optional.of(StopReason.CONNECTION_TIMEOUT), meeting.awaitEnd(Client.PATIENCE));
                assertTrue(signaling.received.isEmpty());
                assertFalse(signaling.closed.isDone());
            }
        }
    }

    @Test
    void signalingIsLostBetweenItsHandshakeAndThatOfTheMedia() throws Exception {
        SimulatedMeeting meeting = play(new ArmedFault(Moment.MEDIA_HANDSHAKE, DROP));
        try (Client signaling = zoom.signaling(meeting);
                Client media = zoom.connect().send(mediaRequest(meeting, MEDIA_TRANSCRIPT))) {
            assertEquals(1011, signaling.closeCode());
            assertEquals(45, status(media.expect(Messages.DATA_HANDSHAKE_RESPONSE)));
        }
    }

    @Test
    void aMediumIsEndedBeforeMessage3IsAnswered() throws Exception {
        SimulatedMeeting meeting =
                play(new ArmedFault(Moment.MEDIA_HANDSHAKE, new Fault.DropMedia(MediaType.TRANSCRIPT)));
        try (Client signaling = zoom.signaling(meeting)) {
            try (Client media = zoom.connect().send(mediaRequest(meeting, MEDIA_TRANSCRIPT))) {
                assertEquals(1011, media.closeCode());
                assertTrue(media.received.isEmpty());
            }
            zoom.media(meeting, MEDIA_TRANSCRIPT).close();
            assertFalse(signaling.closed.isDone());
        }
    }

    @Test
    void liveIsEachTimeWhenMediaBeginToFlow() throws Exception {
        SimulatedMeeting meeting = play(new ArmedFault(Moment.LIVE, DROP, 2));
        for (int i = 0; i < 2; i++) {
            try (Client signaling = zoom.signaling(meeting);
                    Client media = zoom.media(meeting, MEDIA_TRANSCRIPT)) {
                signaling.send(ready(meeting));
                assertEquals(1011, signaling.closeCode());
                media.closeCode();
            }
        }
        try (Client signaling = zoom.signaling(meeting);
                Client media = zoom.media(meeting, MEDIA_TRANSCRIPT)) {
            signaling.send(ready(meeting));
            media.expect(Messages.TRANSCRIPT);
            meeting.arm(Moment.LIVE, DROP);
            assertEquals(1011, signaling.closeCode(), "media flow already");
        }
    }

    @Test
    void aMeetingCanBeOverBeforeItBegins() throws Exception {
        SimulatedMeeting meeting = play(new ArmedFault(Moment.NOW, new Fault.ExpireWindow()));
        assertEquals(Optional.of(StopReason.AWAIT_RECONNECTION_TIMEOUT), meeting.awaitEnd(Client.PATIENCE));
    }

    @Test
    void message21IsLostWithTheConnection() throws Exception {
        SimulatedMeeting meeting = play(new ArmedFault(Moment.LEAVING, DROP));
        try (Client signaling = zoom.signaling(meeting)) {
            signaling.send(leave(meeting));
            assertEquals(1011, signaling.closeCode());
            assertTrue(signaling.received.isEmpty());
        }
        try (Client signaling = zoom.signaling(meeting)) {
            signaling.send(leave(meeting));
            assertEquals(0, status(signaling.expect(Messages.STREAM_CLOSE_RESPONSE)));
            assertEquals(Optional.of(StopReason.RECEIVER_REQUEST_CLOSE), meeting.awaitEnd(Client.PATIENCE));
        }
    }

    @Test
    void message21MayNotBeAnswered() throws Exception {
        SimulatedMeeting meeting = play(new ArmedFault(Moment.LEAVING, new Fault.Silence(On.SIGNALING)));
        try (Client signaling = zoom.signaling(meeting)) {
            signaling.send(leave(meeting));
            Awaitility.await()
                    .during(Duration.ofMillis(300))
                    .until(() -> signaling.received.isEmpty() && !signaling.closed.isDone());
        }
    }

    @Test
    void anyHandshakeCanBeRefusedAtAnyTime() throws Exception {
        SimulatedMeeting meeting = play();
        try (Client signaling = zoom.signaling(meeting);
                Client media = zoom.media(meeting, MEDIA_TRANSCRIPT)) {
            signaling.send(ready(meeting));
            media.expect(Messages.TRANSCRIPT);
            meeting.refuse(Refusal.of(Refusal.Request.SIGNALING_HANDSHAKE, StatusCode.INVALID_SIGNATURE)
                    .times(1));
            meeting.arm(
                    Moment.MEDIA_HANDSHAKE,
                    Refusal.of(Refusal.Request.MEDIA_HANDSHAKE, 99).times(1));
            meeting.apply(DROP);
            signaling.closeCode();
        }
        try (Client refused = zoom.connect().send(signalingRequest(meeting))) {
            assertEquals(3, status(refused.expect(Messages.SIGNALING_HANDSHAKE_RESPONSE)));
            assertEquals(1000, refused.closeCode());
        }
        try (Client signaling = zoom.signaling(meeting)) {
            try (Client refused = zoom.connect().send(mediaRequest(meeting, MEDIA_TRANSCRIPT))) {
                assertEquals(99, status(refused.expect(Messages.DATA_HANDSHAKE_RESPONSE)));
            }
            zoom.media(meeting, MEDIA_TRANSCRIPT).close();
        }
    }

    @ParameterizedTest
    @CsvSource({"REDIRECT, 302", "HTTP_403, 403", "HTTP_404, 404", "HTTP_503, 503"})
    void upgradesCanBeAnsweredWithHttp(Fault.Door door, int status) throws Exception {
        SimulatedMeeting meeting = play(new ArmedFault(Moment.SIGNALING_HANDSHAKE, new Fault.Unreachable(door)));
        CompletionException refused =
                assertThrows(CompletionException.class, () -> Client.connect(meeting.signalingUrl()));
        assertEquals(
                status,
                ((WebSocketHandshakeException) refused.getCause()).getResponse().statusCode());
        assertEquals(status, meeting.ledger().attempts().getLast().status());
        signalingAtHome(meeting).close();
    }

    @Test
    void upgradesCanBeLeftWithoutAnAnswer() throws Exception {
        SimulatedMeeting meeting = play();
        meeting.apply(new Fault.Unreachable(Fault.Door.NO_ANSWER));
        assertThrows(CompletionException.class, () -> Client.connect(meeting.signalingUrl(), Duration.ofMillis(500)));
        assertEquals(
                Ledger.Attempt.NO_ANSWER, meeting.ledger().attempts().getLast().status());
        signalingAtHome(meeting).close();
    }

    /** Without the JDK's client, which would try again by itself. */
    @Test
    void upgradesCanBeReset() throws Exception {
        SimulatedMeeting meeting = play();
        meeting.apply(new Fault.Unreachable(Fault.Door.RESET));
        URI url = URI.create(meeting.signalingUrl());
        try (Socket socket = new Socket(url.getHost(), url.getPort())) {
            socket.setSoTimeout((int) Client.PATIENCE.toMillis());
            String upgrade = "GET " + url.getPath() + " HTTP/1.1\r\nHost: simulator\r\nUpgrade: websocket\r\n"
                    + "Connection: Upgrade\r\n\r\n";
            socket.getOutputStream().write(upgrade.getBytes(StandardCharsets.US_ASCII));
            SocketException reset = assertThrows(
                    SocketException.class, () -> socket.getInputStream().read());
            assertTrue(reset.getMessage().contains("reset"), reset::toString);
        }
        assertEquals(
                Ledger.Attempt.NO_ANSWER, meeting.ledger().attempts().getLast().status());
        signalingAtHome(meeting).close();
    }

    @Test
    void anUpgradeForMediaIsAMomentOfItsOwn() throws Exception {
        SimulatedMeeting meeting =
                play(new ArmedFault(Moment.MEDIA_HANDSHAKE, new Fault.Unreachable(Fault.Door.HTTP_503)));
        try (Client signaling = signalingAtHome(meeting)) {
            String media = meeting.signalingUrl().replace("signaling", "media/transcript");
            assertThrows(CompletionException.class, () -> Client.connect(media));
            SimulatedZoom.mediaAtHome(meeting, MEDIA_TRANSCRIPT).close();
            assertFalse(signaling.closed.isDone());
        }
    }

    @Test
    void aSecondSignalingConnectionCanKickTheFirstOneOut() throws Exception {
        SimulatedMeeting meeting = zoom.play(
                words(60), PlayOptions.defaults().withSpeed(10).withDeviations(Deviation.SECOND_SIGNALING_KICKS));
        try (Client first = zoom.signaling(meeting);
                Client media = zoom.media(meeting, MEDIA_TRANSCRIPT)) {
            first.send(ready(meeting));
            media.expect(Messages.TRANSCRIPT);
            try (Client second = zoom.signaling(meeting)) {
                assertEquals(1000, first.closeCode());
                assertEquals(1000, media.closeCode());
                try (Client again = zoom.media(meeting, MEDIA_TRANSCRIPT)) {
                    second.send(ready(meeting));
                    again.expect(Messages.TRANSCRIPT);
                }
            }
        }
    }

    private SimulatedMeeting play(ArmedFault... faults) {
        return zoom.play(words(600), PlayOptions.defaults().withSpeed(10).withFaults(faults));
    }

    private static ObjectNode leave(SimulatedMeeting meeting) {
        return Messages.message(Messages.STREAM_CLOSE_REQUEST).put("rtms_stream_id", meeting.streamId());
    }

    private static int status(JsonNode reply) {
        return reply.path("status_code").asInt(-1);
    }
}
