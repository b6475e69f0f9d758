package io.rtms.simulator;

import static io.rtms.simulator.SimulatedZoom.MEDIA_TRANSCRIPT;
import static io.rtms.simulator.SimulatedZoom.ready;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.rtms.event.StopReason;
import io.rtms.simulator.fault.Fault;
import io.rtms.simulator.script.MeetingScript;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Streams may end in other orders than the usual one. */
class OddEndingTest {
    private static final Duration PAUSE = Duration.ofSeconds(3);

    private final HookServer hooks = new HookServer();
    private final SimulatedZoom zoom = hooks.zoom();
    private SimulatedMeeting meeting;
    private Client signaling;
    private Client media;

    @BeforeEach
    void join() throws Exception {
        meeting = zoom.simulator()
                .play(
                        MeetingScript.parse("long", "WEBVTT\n\n00:00.000 --> 10:00.000\n<v Ana>And so on.</v>\n"),
                        PlayOptions.defaults());
        hooks.next();
        hooks.next();
        signaling = zoom.signaling(meeting);
        media = zoom.media(meeting, MEDIA_TRANSCRIPT);
        signaling.send(ready(meeting));
        signaling.expect(Messages.STREAM_STATE_UPDATE);
    }

    @AfterEach
    void close() throws Exception {
        signaling.close();
        media.close();
        zoom.close();
        hooks.close();
    }

    @Test
    void mediaMayCloseLongBeforeSignaling() throws Exception {
        end(new Fault.OddEnding(false, Fault.Terminated.USUAL, Fault.Stopped.LAST, PAUSE));
        media.closeCode();
        assertFalse(signaling.closed.isDone());
        signaling.closeCode();
        assertTrue(hooks.hooks.isEmpty());
        assertEquals("meeting.rtms_stopped", hooks.next().event());
        assertEquals(List.of("8/3", "8/4", "9/5"), told());
    }

    @Test
    void signalingMayCloseLongBeforeMedia() throws Exception {
        end(new Fault.OddEnding(true, Fault.Terminated.USUAL, Fault.Stopped.LAST, PAUSE));
        signaling.closeCode();
        assertFalse(media.closed.isDone());
        media.closeCode();
    }

    @Test
    void theWebhookMayComeLongBeforeTheEnd() throws Exception {
        end(new Fault.OddEnding(false, Fault.Terminated.USUAL, Fault.Stopped.FIRST, PAUSE));
        assertEquals("meeting.rtms_stopped", hooks.next().event());
        assertFalse(media.closed.isDone() || signaling.closed.isDone());
        media.closeCode();
        signaling.closeCode();
        meeting.awaitEnd(Client.PATIENCE);
        assertTrue(hooks.hooks.isEmpty(), "told once");
    }

    @Test
    void terminatedMayComeFirst() throws Exception {
        end(new Fault.OddEnding(false, Fault.Terminated.FIRST, Fault.Stopped.LAST, Duration.ZERO));
        signaling.closeCode();
        assertEquals(List.of("8/4", "8/3", "9/5"), told());
    }

    @Test
    void terminatedMayBeMissing() throws Exception {
        end(new Fault.OddEnding(false, Fault.Terminated.MISSING, Fault.Stopped.LAST, Duration.ZERO));
        signaling.closeCode();
        assertEquals(List.of("8/3", "9/5"), told());
    }

    private void end(Fault fault) {
        assertTrue(meeting.apply(fault));
        meeting.stop(StopReason.HOST_TRIGGERED);
    }

    private List<String> told() {
        return signaling.received.stream()
                .map(message -> message.path("msg_type") + "/" + message.path("state"))
                .toList();
    }
}
