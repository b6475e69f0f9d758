package io.rtms.simulator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.rtms.event.StopReason;
import io.rtms.simulator.fault.Ending;
import io.rtms.simulator.fault.Fault;
import io.rtms.simulator.fault.Moment;
import io.rtms.simulator.fault.Notice;
import io.rtms.simulator.fault.WebhookKind;
import io.rtms.simulator.script.MeetingScript;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class WebhookFaultsTest {
    private static final MeetingScript LONG =
            MeetingScript.parse("long", "WEBVTT\n\n00:00.000 --> 10:00.000\n<v Ana>And so on.</v>\n");

    private final HookServer hooks = new HookServer();
    private final SimulatedZoom zoom = hooks.zoom();

    @AfterEach
    void close() throws Exception {
        zoom.close();
        hooks.close();
    }

    @Test
    void aWebhookCanComeSeveralTimesAtOnce() throws Exception {
        SimulatedMeeting meeting = play(trouble(WebhookKind.STARTED, Fault.Accident.TWICE, 2, Duration.ZERO));
        String first = hooks.next().body();
        assertEquals(first, hooks.next().body());
        assertEquals(first, hooks.next().body());
        Awaitility.await().until(() -> meeting.ledger().webhooks().size() == 3);
        assertEquals(
                1,
                meeting.ledger().webhooks().stream()
                        .map(Ledger.SentWebhook::eventTs)
                        .distinct()
                        .count());
        assertEquals(204, meeting.ledger().webhooks().getFirst().answer());
        assertEquals(
                Optional.of(meeting.signalingUrl()),
                meeting.ledger().webhooks().getFirst().serverUrls());
    }

    @Test
    void aWebhookCanComeAgainAlthoughItWasAccepted() throws Exception {
        play(trouble(WebhookKind.STARTED, Fault.Accident.AGAIN, 2, Duration.ofMillis(50)));
        String first = hooks.next().body();
        assertEquals(first, hooks.next().body());
        assertEquals(first, hooks.next().body());
    }

    @Test
    void theLastWebhookCanBeRepeatedAtAnyTime() throws Exception {
        SimulatedMeeting meeting = zoom.simulator().play(LONG, PlayOptions.defaults());
        hooks.next();
        String first = hooks.next().body();
        assertTrue(meeting.apply(new Fault.RepeatWebhook(WebhookKind.STARTED, 2)));
        assertEquals(first, hooks.next().body());
        assertEquals(first, hooks.next().body());
        assertFalse(meeting.apply(new Fault.RepeatWebhook(WebhookKind.STOPPED, 1)), "there was none");
    }

    @Test
    void aWebhookCanBeSlow() throws Exception {
        play(trouble(WebhookKind.STARTED, Fault.Accident.SLOW, 1, Duration.ofMillis(300)));
        HookServer.Hook started = hooks.next();
        assertTrue(System.currentTimeMillis() - started.json().path("event_ts").asLong() >= 300);
    }

    @Test
    void aWebhookCanBeLost() throws Exception {
        SimulatedMeeting meeting = play(trouble(WebhookKind.STARTED, Fault.Accident.LOST, 1, Duration.ZERO));
        meeting.stop(StopReason.HOST_TRIGGERED);
        assertEquals("meeting.rtms_stopped", hooks.next().event());
        assertTrue(meeting.awaitEnd(Client.PATIENCE).isPresent());
        assertEquals(1, meeting.ledger().webhooks().size());
    }

    @Test
    void stoppedCanComeBeforeStarted() throws Exception {
        SimulatedMeeting meeting = play(trouble(WebhookKind.STARTED, Fault.Accident.AFTER_STOPPED, 1, Duration.ZERO));
        HookServer.Hook stopped = hooks.next();
        HookServer.Hook started = hooks.next();
        assertEquals(
                List.of("meeting.rtms_stopped", "meeting.rtms_started"), List.of(stopped.event(), started.event()));
        assertTrue(started.json().path("event_ts").asLong()
                < stopped.json().path("event_ts").asLong());
        assertTrue(meeting.awaitEnd(Client.PATIENCE).isPresent());
    }

    @Test
    void interruptedCanNameServersOrComeLateOrNotAtAll() throws Exception {
        SimulatedMeeting meeting = zoom.simulator().play(LONG, PlayOptions.defaults());
        hooks.next();
        hooks.next();
        drop(meeting, Notice.USUAL);
        assertFalse(hooks.next().payload().has("server_urls"));
        drop(meeting, new Notice(true, true, Duration.ZERO));
        assertEquals(
                meeting.signalingUrl(),
                hooks.next().payload().path("server_urls").asText());
        drop(meeting, Notice.NONE);
        long before = System.currentTimeMillis();
        drop(meeting, new Notice(true, false, Duration.ofMillis(300)));
        assertEquals("meeting.rtms_interrupted", hooks.next().event());
        assertTrue(System.currentTimeMillis() - before >= 300);
        assertTrue(hooks.hooks.isEmpty());
    }

    private void drop(SimulatedMeeting meeting, Notice notice) throws Exception {
        try (Client signaling = zoom.signaling(meeting)) {
            assertTrue(meeting.apply(new Fault.DropSignaling(Ending.CLOSE_1011, notice)));
            signaling.closeCode();
        }
    }

    /** Plays, and takes the challenge out. */
    private SimulatedMeeting play(Fault fault) throws InterruptedException {
        SimulatedMeeting meeting =
                zoom.simulator().play(LONG, PlayOptions.defaults().withFault(Moment.NOW, fault));
        assertEquals("endpoint.url_validation", hooks.next().event());
        return meeting;
    }

    private static Fault trouble(WebhookKind which, Fault.Accident how, int copies, Duration delay) {
        return new Fault.WebhookTrouble(which, how, copies, delay);
    }
}
