package io.rtms;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.rtms.event.ChatData;
import io.rtms.event.DeskshareData;
import io.rtms.event.Passive;
import io.rtms.event.StopReason;
import io.rtms.event.StreamLeft;
import io.rtms.event.TranscriptData;
import io.rtms.event.TranscriptDeleted;
import io.rtms.event.WebhookReceived;
import io.rtms.media.MediaType;
import io.rtms.simulator.PlayOptions;
import io.rtms.simulator.SimulatedMeeting;
import io.rtms.simulator.Simulator;
import io.rtms.simulator.script.MeetingScript;
import io.rtms.stream.RtmsStream;
import jakarta.enterprise.event.ObservesAsync;
import jakarta.enterprise.inject.Alternative;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Observers with {@code @ObservesAsync} are told like the others, on threads of their own, and hold up nobody but their own stream. */
@QuarkusTest
@TestProfile(AsyncObserversTest.WithAsyncObservers.class)
class AsyncObserversTest {
    private static final Duration LONG = Duration.ofSeconds(30);
    private static final int LINES = 40;

    @Inject
    Simulator simulator;

    @Inject
    RtmsManager manager;

    @Inject
    RecordedEvents recorded;

    @Inject
    MeterRegistry metrics;

    @Inject
    AsyncObserver observer;

    @Test
    void areToldOfEveryEventOnVirtualThreadsOfTheirOwn() throws InterruptedException {
        SimulatedMeeting meeting = play(Turns.script(LINES));
        end(meeting);
        List<TranscriptData> lines = observer.lines(meeting);
        assertEquals(LINES, lines.size());
        assertEquals(Set.copyOf(recorded.of(meeting.streamId(), TranscriptData.class)), Set.copyOf(lines));
        assertTrue(observer.threads.stream().allMatch(Thread::isVirtual));
        assertEquals(
                LINES,
                observer.threads.stream()
                        .filter(thread -> thread.getName().equals("rtms-async-" + meeting.streamId()))
                        .distinct()
                        .count());
    }

    @Test
    void areAReasonToAskForAMedium() throws InterruptedException {
        SimulatedMeeting meeting = play(Turns.script(3));
        end(meeting);
        assertTrue(meeting.requestedMedia().contains(MediaType.DESKSHARE));
        assertFalse(meeting.requestedMedia().contains(MediaType.CHAT), "a passive observer asks for nothing");
    }

    @Test
    void areToldOfWebhooksAndOfDeletedTranscripts() throws InterruptedException {
        SimulatedMeeting meeting = play(Turns.script(600));
        await().atMost(LONG).until(() -> !observer.lines(meeting).isEmpty());
        meeting.stop(StopReason.STREAM_REVOKED);
        await().atMost(LONG).until(() -> observer.deleted.contains(meeting.streamId()));
        await().atMost(LONG)
                .until(() ->
                        observer.webhooks(meeting).containsAll(Set.of("meeting.rtms_started", "meeting.rtms_stopped")));
    }

    @Test
    void whatTheyThrowIsCountedAndDisturbsNobody() throws InterruptedException {
        double before = errors();
        SimulatedMeeting meeting = play(script(AsyncObserver.UNBEARABLE, 3));
        end(meeting);
        assertEquals(before + 3, errors());
        assertEquals(3, recorded.lines(meeting.streamId()).size());
    }

    /** The stream waits, and with it Zoom, as for an observer on its own thread: memory is bounded. */
    @Test
    void onlySoManyEventsAreUnderWayAndTheOthersWait() throws InterruptedException {
        SimulatedMeeting slow = play(script(AsyncObserver.STUCK, LINES));
        await().atMost(LONG).until(() -> observer.stuck.size() == WithAsyncObservers.UNDER_WAY);
        await().atMost(LONG).until(() -> stream(slow).snapshot().waiting() > 0);
        SimulatedMeeting other = play(Turns.script(LINES));
        end(other);
        assertEquals(LINES, observer.lines(other).size());
        assertTrue(slow.awaitEnd(LONG).isPresent());
        assertEquals(WithAsyncObservers.UNDER_WAY, observer.stuck.size());
        assertFalse(recorded.isOver(slow.streamId()));

        observer.goOn.countDown();
        end(slow);
        assertEquals(LINES, observer.stuck.size());
        assertEquals(LINES, recorded.lines(slow.streamId()).size());
    }

    /** So the service waits for them when it stops. */
    @Test
    void aStreamHasEndedWhenTheyHaveReturned() throws InterruptedException {
        SimulatedMeeting meeting = play(Turns.script(LINES));
        observer.holdsEndOf = meeting.streamId();
        assertTrue(meeting.awaitEnd(LONG).isPresent());
        await().atMost(LONG).until(() -> recorded.isOver(meeting.streamId()));
        assertTrue(observer.holds.await(20, TimeUnit.SECONDS));
        assertFalse(stream(meeting).awaitEnd(Duration.ofMillis(50)));
        observer.letGo.countDown();
        assertTrue(stream(meeting).awaitEnd(LONG));
    }

    private SimulatedMeeting play(MeetingScript script) {
        return simulator.play(script, PlayOptions.defaults().withSpeed(20));
    }

    private void end(SimulatedMeeting meeting) throws InterruptedException {
        assertTrue(meeting.awaitEnd(LONG).isPresent());
        await().atMost(LONG).until(() -> recorded.isOver(meeting.streamId()));
        assertTrue(stream(meeting).awaitEnd(LONG));
    }

    private RtmsStream stream(SimulatedMeeting meeting) {
        return manager.stream(meeting.streamId()).orElseThrow();
    }

    private double errors() {
        return metrics.counter("rtms.observer.errors", "event", "TranscriptData")
                .count();
    }

    private static MeetingScript script(String text, int lines) {
        StringBuilder vtt = new StringBuilder("WEBVTT\n");
        for (int i = 0; i < lines; i++) {
            vtt.append("\n00:%02d.000 --> 00:%02d.900\n<v Ann>%s</v>\n".formatted(i, i, text));
        }
        return MeetingScript.parse("script", vtt.toString());
    }

    /** Only in this test: it asks for desk share. */
    @Alternative
    @Singleton
    public static class AsyncObserver {
        static final String UNBEARABLE = "cannot be borne";
        static final String STUCK = "stuck";

        final Queue<TranscriptData> lines = new ConcurrentLinkedQueue<>();
        final Queue<Thread> threads = new ConcurrentLinkedQueue<>();
        final Queue<WebhookReceived> webhooks = new ConcurrentLinkedQueue<>();
        final Queue<String> deleted = new ConcurrentLinkedQueue<>();
        final Queue<TranscriptData> stuck = new ConcurrentLinkedQueue<>();
        final CountDownLatch goOn = new CountDownLatch(1);
        final CountDownLatch holds = new CountDownLatch(1);
        final CountDownLatch letGo = new CountDownLatch(1);
        volatile String holdsEndOf = "";

        void onLine(@ObservesAsync TranscriptData line) throws InterruptedException {
            switch (line.text()) {
                case UNBEARABLE -> throw new NoClassDefFoundError("on purpose");
                case STUCK -> {
                    stuck.add(line);
                    goOn.await(120, TimeUnit.SECONDS);
                }
                default -> {
                    threads.add(Thread.currentThread());
                    lines.add(line);
                }
            }
        }

        void onLeft(@ObservesAsync StreamLeft left) throws InterruptedException {
            if (left.stream().streamId().equals(holdsEndOf)) {
                holds.countDown();
                letGo.await(120, TimeUnit.SECONDS);
            }
        }

        void onShare(@ObservesAsync DeskshareData frame) {}

        void onChat(@ObservesAsync @Passive ChatData message) {}

        void onWebhook(@ObservesAsync WebhookReceived webhook) {
            webhooks.add(webhook);
        }

        void onDeleted(@ObservesAsync TranscriptDeleted transcript) {
            deleted.add(transcript.streamId());
        }

        List<TranscriptData> lines(SimulatedMeeting meeting) {
            return lines.stream()
                    .filter(line -> line.stream().streamId().equals(meeting.streamId()))
                    .toList();
        }

        List<String> webhooks(SimulatedMeeting meeting) {
            return webhooks.stream()
                    .filter(webhook ->
                            webhook.payload().path("rtms_stream_id").asText().equals(meeting.streamId()))
                    .map(WebhookReceived::event)
                    .toList();
        }
    }

    /** Little room for asynchronous observers, and for what waits for them. */
    public static class WithAsyncObservers implements QuarkusTestProfile {
        static final int UNDER_WAY = 8;

        @Override
        public Set<Class<?>> getEnabledAlternatives() {
            return Set.of(AsyncObserver.class);
        }

        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of(
                    "rtms.stream.callback-queue", Integer.toString(UNDER_WAY), "rtms.stream.mailbox-frames", "200");
        }
    }
}
