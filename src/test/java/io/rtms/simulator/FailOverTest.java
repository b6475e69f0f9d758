package io.rtms.simulator;

import static io.rtms.simulator.SimulatedZoom.MEDIA_ALL;
import static io.rtms.simulator.SimulatedZoom.mediaAtHome;
import static io.rtms.simulator.SimulatedZoom.mediaRequest;
import static io.rtms.simulator.SimulatedZoom.ready;
import static io.rtms.simulator.SimulatedZoom.signalingAtHome;
import static io.rtms.simulator.SimulatedZoom.signalingRequest;
import static io.rtms.simulator.SimulatedZoom.words;
import static io.rtms.simulator.SimulatedZoom.wordsFrom;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.rtms.event.StopReason;
import io.rtms.simulator.fault.Fault;
import io.rtms.simulator.fault.Moment;
import io.rtms.simulator.script.MeetingScript;
import java.net.URI;
import java.net.http.WebSocketHandshakeException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class FailOverTest {
    private final HookServer hooks = new HookServer();
    private final SimulatedZoom zoom = hooks.zoom();
    private SimulatedMeeting meeting;
    private String oldUrl;
    private Client oldSignaling;
    private Client oldMedia;

    @BeforeEach
    void join() throws Exception {
        meeting = zoom.simulator()
                .play(
                        MeetingScript.parse("words", words(60)),
                        PlayOptions.defaults().withSpeed(10).withKeptTranscripts(true));
        hooks.next();
        assertEquals(meeting.signalingUrl(), urls(hooks.next()));
        oldUrl = meeting.signalingUrl();
        oldSignaling = signalingAtHome(meeting);
        oldMedia = mediaAtHome(meeting, MEDIA_ALL);
        oldSignaling.send(ready(meeting));
        oldMedia.await(Messages.TRANSCRIPT);
    }

    @AfterEach
    void close() throws Exception {
        oldSignaling.close();
        oldMedia.close();
        zoom.close();
        hooks.close();
    }

    @Test
    void aSecondStartedWebhookNamesServersOnAnotherPort() throws Exception {
        assertTrue(meeting.apply(new Fault.FailOver()));
        HookServer.Hook started = hooks.next();
        assertEquals("meeting.rtms_started", started.event());
        assertEquals(
                meeting.streamId(), started.payload().path("rtms_stream_id").asText());
        assertEquals(meeting.signalingUrl(), urls(started));
        assertNotEquals(
                URI.create(oldUrl).getPort(), URI.create(meeting.signalingUrl()).getPort());
    }

    @Test
    void oldServersThatCloseAnswerUpgradesWith503() throws Exception {
        meeting.apply(new Fault.FailOver());
        assertEquals(1001, oldSignaling.closeCode());
        assertEquals(1001, oldMedia.closeCode());
        CompletionException refused = assertThrows(CompletionException.class, () -> Client.connect(oldUrl));
        assertEquals(
                503,
                ((WebSocketHandshakeException) refused.getCause()).getResponse().statusCode());
        Ledger.Attempt last = meeting.ledger().attempts().getLast();
        assertEquals(503, last.status());
        assertEquals(oldUrl, last.url());
        assertTrue(last.isSignaling());
    }

    @Test
    void oldServersThatRefuseAnswer45() throws Exception {
        meeting.apply(new Fault.FailOver(Fault.OldServers.REFUSE, Duration.ZERO));
        assertEquals(1001, oldSignaling.closeCode());
        try (Client refused = Client.connect(oldUrl).send(signalingRequest(meeting))) {
            assertEquals(45, status(refused.expect(Messages.SIGNALING_HANDSHAKE_RESPONSE)));
        }
        try (Client refused = Client.connect(oldUrl).send(mediaRequest(meeting, MEDIA_ALL))) {
            assertEquals(45, status(refused.expect(Messages.DATA_HANDSHAKE_RESPONSE)));
        }
    }

    @Test
    void oldServersThatStayAreSilentUntilTheClientHasMoved() throws Exception {
        meeting.apply(new Fault.FailOver(Fault.OldServers.STAY, Duration.ZERO));
        try (Client refused = Client.connect(oldUrl).send(signalingRequest(meeting))) {
            assertEquals(8, status(refused.expect(Messages.SIGNALING_HANDSHAKE_RESPONSE)));
        }
        assertFalse(oldSignaling.closed.isDone() || oldMedia.closed.isDone());
        try (Client moved = signalingAtHome(meeting)) {
            assertEquals(1001, oldSignaling.closeCode());
            assertEquals(1001, oldMedia.closeCode());
            assertFalse(moved.closed.isDone());
        }
    }

    @Test
    void theMeetingGoesOnWhereItMovedAndNothingIsMissing() throws Exception {
        List<String> heard = new ArrayList<>(List.of("Word 0"));
        meeting.apply(new Fault.FailOver());
        oldMedia.closeCode();
        heard.addAll(oldMedia.takeTexts());
        try (Client signaling = signalingAtHome(meeting);
                Client media = mediaAtHome(meeting, MEDIA_ALL)) {
            signaling.send(ready(meeting));
            assertEquals(Optional.of(StopReason.MEETING_ENDED), meeting.awaitEnd(Client.PATIENCE));
            media.closeCode();
            heard.addAll(media.takeTexts());
        }
        assertEquals(wordsFrom(0, 60), heard);
        assertEquals(
                List.of(oldUrl, meeting.signalingUrl()),
                meeting.ledger().signalingAttempts().stream()
                        .map(Ledger.Attempt::url)
                        .toList());
    }

    @Test
    void aSecondFailOverComesBack() throws Exception {
        meeting.apply(new Fault.FailOver());
        meeting.apply(new Fault.FailOver());
        assertEquals(oldUrl, meeting.signalingUrl());
        try (Client again = signalingAtHome(meeting)) {
            assertFalse(again.closed.isDone());
        }
    }

    @Test
    void failsOverBetweenSignalingAndMedia() throws Exception {
        meeting.dropSignaling();
        oldSignaling.closeCode();
        meeting.arm(Moment.MEDIA_HANDSHAKE, new Fault.FailOver());
        try (Client signaling = signalingAtHome(meeting);
                Client media = Client.connect(oldUrl).send(mediaRequest(meeting, MEDIA_ALL))) {
            assertEquals(1001, media.closeCode());
            assertEquals(1001, signaling.closeCode());
        }
        assertNotEquals(oldUrl, meeting.signalingUrl());
        assertEquals(
                Ledger.Attempt.NO_ANSWER, meeting.ledger().attempts().getLast().status());
        signalingAtHome(meeting).close();
    }

    private static String urls(HookServer.Hook hook) {
        return hook.payload().path("server_urls").asText();
    }

    private static int status(JsonNode reply) {
        return reply.path("status_code").asInt(-1);
    }
}
