package io.rtms.stream;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.rtms.LogLines;
import io.rtms.RtmsManager;
import io.rtms.event.ActiveSpeakerChanged;
import io.rtms.event.AudioData;
import io.rtms.event.EventType;
import io.rtms.event.ParticipantsJoined;
import io.rtms.event.RtmsEvent;
import io.rtms.event.StreamLeft;
import io.rtms.event.StreamState;
import io.rtms.event.StreamStateChanged;
import io.rtms.event.TranscriptData;
import io.rtms.media.AudioParams;
import io.rtms.simulator.SimulatedMeeting;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What crashes, hangs or gets lost in other bindings of RTMS. */
@QuarkusTest
@TestProfile(QuietObservers.class)
@Timeout(60)
class ClientTrapsTest {
    private static final Duration LONG = Duration.ofSeconds(30);

    @Inject
    RtmsManager rtms;

    @Inject
    Stage stage;

    @Inject
    MeterRegistry metrics;

    private final LogLines log = new LogLines();

    @BeforeEach
    void listen() {
        log.begin();
    }

    @AfterEach
    void listenNoLonger() {
        log.end();
    }

    @Test
    void leavingAndReadingIdsWithinACallbackIsSafe() throws InterruptedException {
        SimulatedMeeting meeting = stage.play(600, 10);
        Queue<String> ids = new ConcurrentLinkedQueue<>();
        try (RtmsClient client = rtms.newClient()) {
            client.onAudio(frame -> {
                ids.add(client.stream().stream().streamId());
                client.leave();
            });
            stage.join(client, meeting);
            assertTrue(client.awaitLeft(LONG));
        }
        assertEquals(List.of(meeting.streamId()), List.copyOf(ids));
    }

    @Test
    void leavingWhileACallbackBlocksReturns() throws InterruptedException {
        SimulatedMeeting meeting = stage.play(600, 10);
        CountDownLatch within = new CountDownLatch(1);
        CountDownLatch go = new CountDownLatch(1);
        try (RtmsClient client = rtms.newClient().onAudio(frame -> {
            within.countDown();
            awaitQuietly(go);
        })) {
            stage.join(client, meeting);
            assertTrue(within.await(20, TimeUnit.SECONDS));
            client.leave();
            assertFalse(client.awaitLeft(Duration.ofMillis(50)), "the callback is still at work");
            go.countDown();
            assertTrue(client.awaitLeft(LONG));
        }
    }

    @Test
    void leavingTwiceIsNoErrorAndASecondJoinIsSaidToBeOne() throws InterruptedException {
        SimulatedMeeting meeting = stage.play(600, 1);
        RtmsClient client = rtms.newClient();
        stage.join(client, meeting);
        JoinRequest request = stage.request(meeting).build();
        assertThrows(IllegalStateException.class, () -> client.join(request));
        RtmsClient other = rtms.newClient();
        assertThrows(IllegalStateException.class, () -> other.join(request), "the stream is taken");
        client.leave();
        client.leave();
        assertTrue(client.awaitLeft(LONG));
        client.leave();
        assertThrows(IllegalStateException.class, () -> client.join(request));
        assertThrows(IllegalStateException.class, () -> client.onChat(line -> {}));
        assertEquals(StreamState.ENDED, client.stream().snapshot().state());
        other.close();
    }

    @Test
    void callsAfterTheEndAreRefusedInWords() throws InterruptedException {
        SimulatedMeeting meeting = stage.play(3, 100);
        RtmsClient client = rtms.newClient();
        stage.join(client, meeting);
        assertTrue(client.awaitLeft(LONG));
        client.leave();
        IllegalStateException refused =
                assertThrows(IllegalStateException.class, () -> client.subscribe(EventType.SHARING_START, true));
        assertEquals("stream " + meeting.streamId() + " is over", refused.getMessage());
        assertTrue(client.queryStatus().isCompletedExceptionally());
    }

    @Test
    void noFrameBeginsAfterLeaveHasReturned() throws InterruptedException {
        for (int round = 0; round < 10; round++) {
            SimulatedMeeting meeting = stage.play(600, 20);
            AtomicBoolean left = new AtomicBoolean();
            AtomicInteger before = new AtomicInteger();
            AtomicInteger after = new AtomicInteger();
            try (ExecutorService executor = Executors.newFixedThreadPool(4);
                    RtmsClient client = rtms.newClient()) {
                client.onAudio(frame -> (left.get() ? after : before).incrementAndGet())
                        .onAudio(executor, frame -> (left.get() ? after : before).incrementAndGet());
                stage.join(client, meeting);
                await().atMost(LONG).until(() -> before.get() > 20);
                client.leave();
                left.set(true);
                assertTrue(client.awaitLeft(LONG));
            }
            assertEquals(0, after.get());
        }
    }

    @Test
    void anAsynchronousCallbackNeedsNoLoopOfItsThread() throws InterruptedException {
        SimulatedMeeting meeting = stage.play(3, 20);
        AtomicInteger frames = new AtomicInteger();
        try (RtmsClient client = rtms.newClient()) {
            Thread plain = Thread.ofPlatform()
                    .start(() -> client.audio(AudioParams.protocolDefaults())
                            .onAsync(AudioData.class, frame -> CompletableFuture.runAsync(frames::incrementAndGet)));
            plain.join();
            stage.join(client, meeting);
            assertTrue(client.awaitLeft(LONG));
        }
        assertTrue(meeting.audioFramesSent() > 100);
        assertEquals(meeting.audioFramesSent(), frames.get());
    }

    @Test
    void eventCallbacksMayBeRegisteredBeforeTheJoin() throws InterruptedException {
        SimulatedMeeting meeting = stage.play(3, 20);
        Queue<Class<?>> events = new ConcurrentLinkedQueue<>();
        try (RtmsClient client = rtms.newClient()
                .onParticipantsJoined(event -> events.add(event.getClass()))
                .onActiveSpeaker(event -> events.add(event.getClass()))) {
            stage.join(client, meeting);
            assertTrue(client.awaitLeft(LONG));
        }
        assertTrue(
                events.containsAll(List.of(ParticipantsJoined.class, ActiveSpeakerChanged.class)), events.toString());
    }

    @Test
    void framesStayInOrderThroughAnExecutorOfManyThreads() throws InterruptedException {
        SimulatedMeeting meeting = stage.play(20, 50);
        Map<Long, Queue<Long>> byParticipant = new ConcurrentHashMap<>();
        try (ExecutorService executor = Executors.newFixedThreadPool(8);
                RtmsClient client = rtms.newClient(executor)) {
            client.onAudio(frame -> {
                Thread.yield();
                byParticipant
                        .computeIfAbsent(frame.participant().id(), id -> new ConcurrentLinkedQueue<>())
                        .add(frame.timestamp());
            });
            stage.join(client, meeting);
            assertTrue(client.awaitLeft(LONG));
        }
        assertEquals(2, byParticipant.size());
        byParticipant
                .values()
                .forEach(times -> assertEquals(times.stream().sorted().toList(), List.copyOf(times)));
    }

    @Test
    void anExceptionInACallbackIsLoggedWithTheStreamAndCountedAndTheStreamGoesOn() throws InterruptedException {
        SimulatedMeeting meeting = stage.play(10, 50);
        AtomicInteger heard = new AtomicInteger();
        double before = errors();
        try (RtmsClient client = rtms.newClient().onTranscript((text, meta) -> {
            heard.incrementAndGet();
            throw new AssertionError("out of order");
        })) {
            stage.join(client, meeting);
            assertTrue(client.awaitLeft(LONG));
            assertEquals(
                    10,
                    log.with(meeting.streamId() + ": a callback of TranscriptData failed")
                            .size());
        }
        assertEquals(10, heard.get());
        assertEquals(before + 10, errors());
    }

    @Test
    void aCallbackThatInterruptsItsThreadEndsNothing() throws InterruptedException {
        SimulatedMeeting meeting = stage.play(10, 50);
        AtomicInteger heard = new AtomicInteger();
        try (RtmsClient client = rtms.newClient().onTranscript((text, meta) -> {
            heard.incrementAndGet();
            Thread.currentThread().interrupt();
        })) {
            stage.join(client, meeting);
            assertTrue(client.awaitLeft(LONG));
        }
        assertEquals(10, heard.get());
    }

    @Test
    void aCallbackThatInterruptsItsThreadKeepsNothingFromTheOthers() throws InterruptedException {
        SimulatedMeeting meeting = stage.play(10, 50);
        AtomicInteger inline = new AtomicInteger();
        AtomicInteger later = new AtomicInteger();
        AtomicInteger asynchronous = new AtomicInteger();
        try (ExecutorService executor = Executors.newSingleThreadExecutor();
                RtmsClient client = rtms.newClient()
                        .on(RtmsEvent.class, event -> Thread.currentThread().interrupt())
                        .onTranscript(executor, line -> later.incrementAndGet())
                        .onAsync(TranscriptData.class, line -> {
                            asynchronous.incrementAndGet();
                            return CompletableFuture.completedFuture(null);
                        })
                        .onTranscript((text, meta) -> inline.incrementAndGet())) {
            stage.join(client, meeting);
            assertTrue(client.awaitLeft(LONG));
        }
        assertEquals(List.of(10, 10, 10), List.of(inline.get(), later.get(), asynchronous.get()));
    }

    @Test
    void aConnectionThatFailsForGoodIsReportedOnce() throws InterruptedException {
        SimulatedMeeting meeting = stage.play(600, 1);
        Queue<Object> reports = new ConcurrentLinkedQueue<>();
        try (RtmsClient client =
                rtms.newClient().on(StreamStateChanged.class, reports::add).on(StreamLeft.class, reports::add)) {
            JoinRequest wrong =
                    stage.request(meeting).credentials("id", "wrong").build();
            assertTrue(client.join(wrong)
                    .handle((joined, failure) -> failure != null)
                    .join());
            assertTrue(client.awaitLeft(LONG));
            assertEquals(1, log.with(meeting.streamId() + " is failed").size());
        }
        assertEquals(3, reports.size(), reports.toString()); // joining, failed, left
    }

    @Test
    void credentialsThatAreGivenWinOverConfiguredOnes() {
        SimulatedMeeting meeting = stage.play(600, 1);
        try (RtmsClient configured = rtms.newClient()) {
            stage.join(configured, meeting);
        }
        SimulatedMeeting other = stage.play(600, 1);
        try (RtmsClient explicit = rtms.newClient()) {
            JoinRequest wrong = stage.request(other).credentials("id", "wrong").build();
            assertTrue(explicit.join(wrong)
                    .handle((joined, failure) -> failure != null)
                    .join());
        }
    }

    @Test
    void aClientIsLeftAlsoAfterAnException() throws InterruptedException {
        SimulatedMeeting meeting = stage.play(600, 1);
        RtmsClient[] kept = new RtmsClient[1];
        assertThrows(ArithmeticException.class, () -> {
            try (RtmsClient client = rtms.newClient()) {
                kept[0] = client;
                stage.join(client, meeting);
                throw new ArithmeticException("of the program's own");
            }
        });
        assertTrue(kept[0].awaitLeft(LONG));
        assertEquals(
                "RECEIVER_REQUEST_CLOSE", kept[0].stream().snapshot().cause().name());
    }

    @Test
    void anExecutorThatWasShutDownIsReportedOnceAndLosesNoOtherCallback() throws InterruptedException {
        SimulatedMeeting meeting = stage.play(10, 50);
        ExecutorService executor = Executors.newSingleThreadExecutor();
        executor.shutdown();
        AtomicInteger heard = new AtomicInteger();
        try (RtmsClient client = rtms.newClient()
                .onTranscript(executor, line -> {})
                .onTranscript((text, meta) -> heard.incrementAndGet())) {
            stage.join(client, meeting);
            assertTrue(client.awaitLeft(LONG));
            assertEquals(
                    1,
                    log.with(meeting.streamId() + ": a callback of TranscriptData failed")
                            .size());
        }
        assertEquals(10, heard.get());
    }

    private double errors() {
        return metrics.counter("rtms.observer.errors", "event", "TranscriptData")
                .count();
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await(20, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
