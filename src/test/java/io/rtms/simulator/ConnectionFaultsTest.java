package io.rtms.simulator;

import static io.rtms.simulator.SimulatedZoom.MEDIA_TRANSCRIPT;
import static io.rtms.simulator.SimulatedZoom.ready;
import static io.rtms.simulator.SimulatedZoom.signalingRequest;
import static io.rtms.simulator.SimulatedZoom.words;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.rtms.event.StopReason;
import io.rtms.media.MediaType;
import io.rtms.simulator.fault.Ending;
import io.rtms.simulator.fault.Fault;
import io.rtms.simulator.fault.Notice;
import io.rtms.simulator.fault.On;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Faults of connections that are open, as the wire shows them. */
class ConnectionFaultsTest {
    private final SimulatedZoom zoom = new SimulatedZoom("keep-alive-interval", "500MS");
    private final SimulatedMeeting meeting = zoom.play(words(3000), 10);
    private Client signaling;
    private Client media;

    @AfterEach
    void close() throws Exception {
        signaling.close();
        media.close();
        zoom.close();
    }

    private void join() throws Exception {
        signaling = zoom.signaling(meeting);
        media = zoom.media(meeting, MEDIA_TRANSCRIPT);
        signaling.send(ready(meeting));
        assertState(1, 0);
        media.expect(Messages.TRANSCRIPT);
    }

    @ParameterizedTest
    @CsvSource({"CLOSE_1000, 1000", "CLOSE_1001, 1001", "CLOSE_1011, 1011"})
    void signalingIsClosedWithTheCodeThatWasAskedFor(Ending how, int code) throws Exception {
        join();
        assertTrue(meeting.apply(new Fault.DropSignaling(how, Notice.USUAL)));
        assertEquals(code, signaling.closeCode());
        assertEquals(1001, media.closeCode());
        assertFalse(meeting.apply(new Fault.DropSignaling(how, Notice.USUAL)), "there is none any more");
    }

    @Test
    void aResetLeavesNoCloseFrame() throws Exception {
        join();
        assertTrue(meeting.apply(new Fault.DropSignaling(Ending.RESET, Notice.USUAL)));
        assertTrue(signaling.isBroken());
        assertTrue(media.isBroken());
    }

    @Test
    void aLostMediumIsToldInFull() throws Exception {
        join();
        assertTrue(meeting.apply(new Fault.DropMedia(MediaType.TRANSCRIPT)));
        assertEquals(1011, media.closeCode());
        assertInterrupted();
        assertState(2, 14);
        assertFalse(meeting.apply(new Fault.DropMedia(MediaType.AUDIO)), "there is none");
    }

    @Test
    void aLostMediumMayBeToldByNothingButTheEndOfItsSocket() throws Exception {
        join();
        meeting.apply(new Fault.DropMedia(MediaType.TRANSCRIPT, Ending.RESET, Fault.Told.NOTHING));
        assertTrue(media.isBroken());
        takeMediaBack();
        assertState(1, 0);
    }

    @Test
    void aLostMediumMayBeToldBeforeItsSocketEnds() throws Exception {
        join();
        meeting.apply(new Fault.DropMedia(MediaType.TRANSCRIPT, Ending.CLOSE_1011, Fault.Told.EVENT_FIRST));
        assertInterrupted();
        Client first = media;
        takeMediaBack();
        assertState(1, 0);
        assertEquals(1011, first.closeCode());
    }

    @Test
    void aMuteConnectionStaysOpenAndSaysNothingUntilTheClientTurnsAway() throws Exception {
        join();
        assertTrue(meeting.apply(new Fault.Silence(On.ALL)));
        Awaitility.await().until(() -> meeting.transcriptsLost() > 5);
        media.takeTexts();
        int keepAlives = media.keepAlives.get() + signaling.keepAlives.get();
        long lost = meeting.transcriptsLost();
        signaling.send(Messages.message(Messages.STREAM_STATE_REQUEST).put("rtms_stream_id", meeting.streamId()));
        Awaitility.await().until(() -> meeting.transcriptsLost() > lost + 5);
        assertEquals(keepAlives, media.keepAlives.get() + signaling.keepAlives.get());
        assertTrue(media.received.isEmpty() && signaling.received.isEmpty());
        assertFalse(media.closed.isDone() || signaling.closed.isDone());
        signaling.vanish();
        comeBack();
        media.expect(Messages.TRANSCRIPT);
    }

    @Test
    void aBlackHoleIsGivenUpByTheServerAndNeverClosed() throws Exception {
        join();
        assertTrue(meeting.apply(new Fault.Silence(On.ALL, Fault.Depth.BLACK_HOLE)));
        Client swallowed = media;
        try (Client alsoSwallowed = signaling) {
            comeBack();
            media.expect(Messages.TRANSCRIPT);
            assertFalse(swallowed.closed.isDone() || alsoSwallowed.closed.isDone());
        } finally {
            swallowed.close();
        }
        assertTrue(meeting.ledger().signalingAttempts().stream().anyMatch(attempt -> attempt.status() == 8));
    }

    @Test
    void keepAlivesCanCease() throws Exception {
        join();
        assertTrue(meeting.apply(new Fault.KeepAlives(On.MEDIA, Duration.ZERO)));
        int signals = signaling.keepAlives.get();
        Awaitility.await().until(() -> signaling.keepAlives.get() > signals + 3);
        int settled = media.keepAlives.get();
        Awaitility.await().until(() -> signaling.keepAlives.get() > signals + 10);
        assertEquals(settled, media.keepAlives.get());
        media.expect(Messages.TRANSCRIPT);
    }

    @Test
    void keepAlivesCanComeAtAnotherPace() throws Exception {
        join();
        meeting.apply(new Fault.KeepAlives(On.MEDIA, Duration.ofMillis(20)));
        meeting.apply(new Fault.KeepAlives(On.SIGNALING, Duration.ofHours(1)));
        int signals = signaling.keepAlives.get();
        int before = media.keepAlives.get();
        Awaitility.await().until(() -> media.keepAlives.get() > before + 20);
        assertTrue(signaling.keepAlives.get() <= signals + 2);
    }

    @ParameterizedTest
    @EnumSource(
            value = Fault.Then.class,
            names = {"CLOSE", "RESET"})
    void halfAFrameEndsTheConnection(Fault.Then then) throws Exception {
        join();
        assertTrue(meeting.apply(new Fault.CutMessage(On.TRANSCRIPT, then)));
        assertInterrupted();
        // The JDK's client does not report the end of a stream in the middle of a frame, but can send no more.
        Awaitility.await().until(() -> media.closed.isDone() || cannotSend(media));
        assertTrue(media.takeTexts().stream().noneMatch(text -> text.startsWith("half")));
    }

    @Test
    void aMessageMayNeverBeFinished() throws Exception {
        join();
        int before = media.fragments.get();
        assertTrue(meeting.apply(new Fault.CutMessage(On.TRANSCRIPT, Fault.Then.NOTHING)));
        Awaitility.await().until(() -> meeting.transcriptsLost() > 5);
        assertTrue(media.fragments.get() > before);
        assertFalse(media.closed.isDone());
        media.takeTexts();
        assertTrue(media.received.isEmpty());
    }

    @ParameterizedTest
    @EnumSource(value = Fault.Form.class, names = "INVALID_UTF8", mode = EnumSource.Mode.EXCLUDE)
    void malformedMessagesComeAndTheRestIsAsUsual(Fault.Form form) throws Exception {
        join();
        signaling.tolerant = true;
        media.tolerant = true;
        assertTrue(meeting.apply(new Fault.Malformed(On.ALL, form)));
        signaling.send(Messages.message(Messages.STREAM_STATE_REQUEST).put("rtms_stream_id", meeting.streamId()));
        List<ObjectNode> came = new ArrayList<>();
        ObjectNode next = signaling.next();
        while (!next.path("rtms_stream_id").asText().equals(meeting.streamId())) {
            came.add(next);
            next = signaling.next();
        }
        long sent = meeting.transcriptsSent();
        Awaitility.await().until(() -> meeting.transcriptsSent() > sent + 2);
        switch (form) {
            case GARBAGE -> assertTrue(signaling.garbage.contains("no JSON at all") && media.garbage.contains("null"));
            // Deeper than the test's own parser goes.
            case DEEP -> assertTrue(media.garbage.peek().contains("[[[[[[") && signaling.garbage.size() == 1);
            default -> assertFalse(came.isEmpty());
        }
        assertFalse(signaling.closed.isDone() || media.closed.isDone());
    }

    @Test
    void aTextFrameMayHoldNoText() throws Exception {
        join();
        meeting.apply(new Fault.Malformed(On.TRANSCRIPT, Fault.Form.INVALID_UTF8));
        assertTrue(media.isBroken(), "the JDK's client fails the connection, as it has to");
        assertFalse(signaling.closed.isDone());
    }

    @Test
    void aMessageCanBeHuge() throws Exception {
        join();
        assertTrue(meeting.apply(new Fault.HugeMessage(On.TRANSCRIPT, 3_000_000)));
        ObjectNode huge = media.await(77);
        assertEquals(3_000_000, huge.toString().length());
        media.expect(Messages.TRANSCRIPT);
    }

    @Test
    void anExpiredWindowEndsTheStreamWithoutAWordAndItIsUnknownAfterwards() throws Exception {
        join();
        assertTrue(meeting.apply(new Fault.ExpireWindow()));
        assertTrue(signaling.isBroken() && media.isBroken());
        try (Client late = zoom.connect().send(signalingRequest(meeting))) {
            assertEquals(
                    2,
                    late.expect(Messages.SIGNALING_HANDSHAKE_RESPONSE)
                            .path("status_code")
                            .asInt());
        }
        assertEquals(Optional.of(StopReason.AWAIT_RECONNECTION_TIMEOUT), meeting.awaitEnd(Client.PATIENCE));
        assertTrue(signaling.received.isEmpty(), "no state is told");
    }

    private static boolean cannotSend(Client client) {
        try {
            client.send(Messages.message(Messages.KEEP_ALIVE_RESPONSE));
            return false;
        } catch (CompletionException e) {
            return true;
        }
    }

    private void assertState(int state, int reason) throws InterruptedException {
        ObjectNode update = signaling.expect(Messages.STREAM_STATE_UPDATE);
        assertEquals(state, update.path("state").asInt());
        assertEquals(reason, update.path("reason").asInt(-1));
    }

    private void assertInterrupted() throws InterruptedException {
        ObjectNode event = signaling.expect(Messages.EVENT_UPDATE);
        assertEquals(7, event.path("event").path("event_type").asInt());
    }

    private void takeMediaBack() throws Exception {
        Awaitility.await().until(() -> !meeting.isConnected(MediaType.TRANSCRIPT));
        media = zoom.media(meeting, MEDIA_TRANSCRIPT);
        signaling.send(ready(meeting));
    }

    /** Asks for signaling until the stream has none. */
    private void comeBack() throws Exception {
        Awaitility.await().until(() -> {
            Client again = zoom.connect().send(signalingRequest(meeting));
            ObjectNode reply = again.expect(Messages.SIGNALING_HANDSHAKE_RESPONSE);
            signaling = again;
            return reply.path("status_code").asInt() == 0;
        });
        media = zoom.media(meeting, MEDIA_TRANSCRIPT);
        signaling.send(ready(meeting));
    }
}
