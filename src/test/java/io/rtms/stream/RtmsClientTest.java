package io.rtms.stream;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.rtms.RtmsManager;
import io.rtms.event.ActiveSpeakerChanged;
import io.rtms.event.AudioData;
import io.rtms.event.EventType;
import io.rtms.event.MediaData;
import io.rtms.event.ParticipantsJoined;
import io.rtms.event.SessionState;
import io.rtms.event.SessionUpdated;
import io.rtms.event.StreamJoined;
import io.rtms.event.StreamLeft;
import io.rtms.event.StreamStatus;
import io.rtms.event.TranscriptData;
import io.rtms.loop.EventLoop;
import io.rtms.loop.EventLoopPool;
import io.rtms.loop.RoutingStrategy;
import io.rtms.media.AudioParams;
import io.rtms.media.DataOption;
import io.rtms.media.MediaType;
import io.rtms.media.TranscriptLanguage;
import io.rtms.media.TranscriptParams;
import io.rtms.simulator.SimulatedMeeting;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What a program can do with a client of its own. */
@QuarkusTest
@TestProfile(QuietObservers.class)
class RtmsClientTest {
    private static final Duration LONG = Duration.ofSeconds(30);

    @Inject
    RtmsManager rtms;

    @Inject
    Stage stage;

    @Test
    void theWordsAndWhoSaidThemReachTheCallback() throws InterruptedException {
        Queue<String> heard = new ConcurrentLinkedQueue<>();
        SimulatedMeeting meeting = stage.play(20, 50);
        try (RtmsClient client = rtms.newClient()) {
            client.onTranscript((text, meta) -> heard.add(meta.participant().name() + ": " + text));
            stage.join(client, meeting);
            assertTrue(client.awaitLeft(LONG));
        }
        assertEquals(20, heard.size());
        assertEquals("Ann: line 0", heard.peek());
    }

    @Test
    void aTranscriptCallbackAsksForTheTranscriptAndNothingElse() {
        SimulatedMeeting meeting = stage.play(600, 1);
        try (RtmsClient client = rtms.newClient().onTranscript((text, meta) -> {})) {
            stage.join(client, meeting);
            assertEquals(Set.of(MediaType.TRANSCRIPT), meeting.requestedMedia());
        }
    }

    @Test
    void anAudioCallbackBesideItAsksForBoth() {
        SimulatedMeeting meeting = stage.play(600, 1);
        try (RtmsClient client =
                rtms.newClient().onTranscript((text, meta) -> {}).onAudio(frame -> {})) {
            stage.join(client, meeting);
            assertEquals(Set.of(MediaType.TRANSCRIPT, MediaType.AUDIO), meeting.requestedMedia());
        }
    }

    @Test
    void aMediumThatIsTurnedOffTakesNoOtherWithIt() {
        SimulatedMeeting meeting = stage.play(600, 1);
        try (RtmsClient client = rtms.newClient()
                .onTranscript((text, meta) -> {})
                .onAudio(frame -> {})
                .onChat(line -> {})
                .media(MediaType.AUDIO, false)) {
            stage.join(client, meeting);
            assertEquals(Set.of(MediaType.TRANSCRIPT, MediaType.CHAT), meeting.requestedMedia());
        }
    }

    @Test
    void nothingToAskForIsSaidBeforeAnythingIsSent() {
        SimulatedMeeting meeting = stage.play(600, 1);
        try (RtmsClient client = rtms.newClient().media(MediaType.TRANSCRIPT, false)) {
            JoinRequest request = stage.request(meeting).build();
            assertThrows(IllegalArgumentException.class, () -> client.join(request));
            assertEquals(0, meeting.signalingAttempts());
        }
    }

    @Test
    void transcriptParametersAloneAreSent() {
        SimulatedMeeting meeting = stage.play(600, 1);
        TranscriptParams german = TranscriptParams.defaults().withSourceLanguage(TranscriptLanguage.GERMAN);
        try (RtmsClient client = rtms.newClient().transcript(german)) {
            stage.join(client, meeting);
            JsonNode sent =
                    meeting.mediaHandshake(MediaType.TRANSCRIPT).orElseThrow().path("media_params");
            assertEquals(14, sent.path("transcript").path("src_language").asInt());
            assertEquals(Set.of(MediaType.TRANSCRIPT), meeting.requestedMedia());
        }
    }

    @Test
    void parametersOfOneMediumLeaveTheOthersAsTheyAre() {
        SimulatedMeeting meeting = stage.play(600, 1);
        try (RtmsClient client = rtms.newClient()
                .audio(AudioParams.defaults().withDataOption(DataOption.AUDIO_MIXED_STREAM))
                .onAudio(frame -> {})) {
            stage.join(client, meeting);
            JsonNode audio = meeting.mediaHandshake(MediaType.AUDIO)
                    .orElseThrow()
                    .path("media_params")
                    .path("audio");
            assertEquals(
                    "{\"content_type\":2,\"sample_rate\":3,\"channel\":2,\"codec\":4,\"data_opt\":1,\"send_rate\":20}",
                    audio.toString());
            JsonNode transcript = meeting.mediaHandshake(MediaType.TRANSCRIPT)
                    .orElseThrow()
                    .path("media_params")
                    .path("transcript");
            assertEquals("{\"content_type\":5,\"src_language\":-1,\"enable_lid\":true}", transcript.toString());
        }
    }

    @Test
    void theParametersInForceAreVisible() {
        SimulatedMeeting meeting = stage.play(600, 1);
        try (RtmsClient client =
                rtms.newClient().audio(AudioParams.protocolDefaults()).onAudio(frame -> {})) {
            stage.join(client, meeting);
            assertEquals(
                    AudioParams.protocolDefaults(), client.stream().parameters().audio());
            JsonNode effective = client.stream().snapshot().parameters().get(MediaType.AUDIO);
            assertEquals(meeting.parameters(MediaType.AUDIO).orElseThrow().toString(), effective.toString());
        }
    }

    @Test
    void callbacksForEventsSubscribeToThem() {
        SimulatedMeeting meeting = stage.play(600, 1);
        try (RtmsClient client = rtms.newClient().onSharingStarted(event -> {}).onParticipantVideo(event -> {})) {
            stage.join(client, meeting);
            await().atMost(LONG).until(() -> meeting.subscribedEvents().equals(Set.of(2, 3, 4, 5, 6, 8, 9)));
            client.subscribe(EventType.PARTICIPANT_VIDEO_OFF, false);
            await().atMost(LONG).until(() -> meeting.subscribedEvents().equals(Set.of(2, 3, 4, 5, 6, 8)));
        }
    }

    @Test
    void aStageThatIsReturnedIsNotWaitedFor() throws InterruptedException {
        Queue<CompletableFuture<Void>> stages = new ConcurrentLinkedQueue<>();
        SimulatedMeeting meeting = stage.play(20, 50);
        try (RtmsClient client = rtms.newClient().onAsync(TranscriptData.class, line -> {
            CompletableFuture<Void> writing = new CompletableFuture<>();
            stages.add(writing);
            return writing;
        })) {
            stage.join(client, meeting);
            await().atMost(LONG).until(() -> stages.size() == 20);
            assertFalse(client.awaitLeft(Duration.ofMillis(50)), "the client is left when the last stage is complete");
            stages.forEach(writing -> writing.complete(null));
            assertTrue(client.awaitLeft(LONG));
        }
    }

    @Test
    void aUniThatIsReturnedIsSubscribedTo() throws InterruptedException {
        Queue<String> written = new ConcurrentLinkedQueue<>();
        SimulatedMeeting meeting = stage.play(20, 50);
        try (RtmsClient client = rtms.newClient()
                .onUni(
                        TranscriptData.class,
                        line -> Uni.createFrom().item(line.text()).invoke(written::add))) {
            stage.join(client, meeting);
            assertTrue(client.awaitLeft(LONG));
        }
        assertEquals(20, written.size());
    }

    @Test
    void callbacksTakeTheClientsExecutorUnlessTheyHaveTheirOwn() throws InterruptedException {
        Set<String> threads = ConcurrentHashMap.newKeySet();
        SimulatedMeeting meeting = stage.play(10, 50);
        try (ExecutorService common = named("common");
                ExecutorService own = named("own");
                RtmsClient client = rtms.newClient(common)) {
            client.onTranscript(line -> threads.add(
                            "transcript on " + Thread.currentThread().getName()))
                    .onActiveSpeaker(event ->
                            threads.add("speaker on " + Thread.currentThread().getName()))
                    .onAudio(
                            own,
                            frame -> threads.add(
                                    "audio on " + Thread.currentThread().getName()));
            stage.join(client, meeting);
            assertTrue(client.awaitLeft(LONG));
        }
        assertEquals(Set.of("transcript on common", "speaker on common", "audio on own"), threads);
    }

    @Test
    void withoutAnExecutorCallbacksRunOnTheStreamsVirtualThread() throws InterruptedException {
        Queue<Thread> threads = new ConcurrentLinkedQueue<>();
        SimulatedMeeting meeting = stage.play(10, 50);
        try (RtmsClient client = rtms.newClient().onTranscript((text, meta) -> threads.add(Thread.currentThread()))) {
            stage.join(client, meeting);
            assertTrue(client.awaitLeft(LONG));
        }
        assertEquals(1, Set.copyOf(threads).size());
        assertTrue(threads.peek().isVirtual());
    }

    @Test
    void anInterfaceStandsForAllOfItsEvents() throws InterruptedException {
        Queue<Class<?>> types = new ConcurrentLinkedQueue<>();
        SimulatedMeeting meeting = stage.play(5, 50);
        try (RtmsClient client = rtms.newClient().on(MediaData.class, data -> types.add(data.getClass()))) {
            stage.join(client, meeting);
            assertEquals(Set.of(MediaType.values()), meeting.requestedMedia());
            assertTrue(client.awaitLeft(LONG));
        }
        assertTrue(types.containsAll(List.of(AudioData.class, TranscriptData.class)), types.toString());
    }

    @Test
    void theJoinConfirmationComesFirstAndTheEndLast() throws InterruptedException {
        Queue<Object> events = new ConcurrentLinkedQueue<>();
        SimulatedMeeting meeting = stage.play(5, 50);
        try (RtmsClient client = rtms.newClient()
                .onJoined(events::add)
                .onAudio(events::add)
                .onTranscript(line -> events.add(line))
                .onLeft(events::add)) {
            stage.join(client, meeting);
            assertTrue(client.awaitLeft(LONG));
        }
        List<Object> all = List.copyOf(events);
        assertEquals(StreamJoined.class, all.getFirst().getClass());
        assertEquals(StreamLeft.class, all.getLast().getClass());
    }

    @Test
    void aStreamThatWasLiveIsNotForgottenToHaveBeenWhenItIsJoinedAgain() throws InterruptedException {
        SimulatedMeeting meeting = stage.play(600, 1);
        JoinRequest wrong = stage.request(meeting).credentials("id", "wrong").build();
        assertFalse(joinInVain(wrong).wasLive());
        try (RtmsClient client = rtms.newClient()) {
            stage.join(client, meeting);
            client.leave();
            assertTrue(client.awaitLeft(LONG));
        }
        assertTrue(joinInVain(wrong).wasLive(), "Zoom may still hold the connection of before");
        assertTrue(joinInVain(wrong).wasLive());
    }

    private RtmsStream joinInVain(JoinRequest request) throws InterruptedException {
        RtmsStream stream = rtms.join(request).stream();
        assertTrue(stream.awaitEnd(LONG));
        return stream;
    }

    @Test
    void aJoinThatFailsSaysWhy() {
        SimulatedMeeting meeting = stage.play(600, 1);
        try (RtmsClient client = rtms.newClient()) {
            JoinRequest wrong =
                    stage.request(meeting).credentials("id", "wrong").build();
            CompletionException failure = assertThrows(
                    CompletionException.class, () -> client.join(wrong).join());
            assertTrue(failure.getMessage().contains("INVALID_SIGNATURE"), failure.getMessage());
        }
    }

    @Test
    void zoomIsAskedForStates() throws InterruptedException {
        Queue<SessionUpdated> sessions = new ConcurrentLinkedQueue<>();
        SimulatedMeeting meeting = stage.play(600, 1);
        try (RtmsClient client = rtms.newClient().onSession(sessions::add)) {
            stage.join(client, meeting);
            assertEquals(StreamStatus.ACTIVE, client.queryStatus().join());
            assertEquals(
                    SessionState.STARTED,
                    client.querySession(meeting.sessionId()).join());
            CompletionException refused = assertThrows(
                    CompletionException.class,
                    () -> client.querySession("nobody's").join());
            assertTrue(refused.getMessage().contains("INVALID_RTMS_SESSION_ID"), refused.getMessage());
            assertEquals(meeting.sessionId(), sessions.peek().sessionId());
        }
    }

    @Test
    void aClientLivesOnTheLoopItWasAddedTo() throws InterruptedException {
        SimulatedMeeting meeting = stage.play(10, 50);
        EventLoop loop = new EventLoop("mine", rtms.loopSettings());
        Queue<String> heard = new ConcurrentLinkedQueue<>();
        try (RtmsClient client = rtms.newClient().onTranscript((text, meta) -> heard.add(text))) {
            assertEquals(loop, loop.add(client).loop());
            assertThrows(IllegalStateException.class, () -> loop.add(client));
            assertEquals(1, loop.clientCount());
            CompletableFuture<Void> end = loop.runAsync(true).toCompletableFuture();
            stage.join(client, meeting);
            assertEquals("mine", client.stream().snapshot().loop());
            assertTrue(client.awaitLeft(LONG));
            await().atMost(LONG).until(end::isDone); // its only client is gone
            assertEquals(10, heard.size());
        } finally {
            loop.stop();
        }
    }

    @Test
    void aBurstOfClientsBeforeTheStartIsSpread() throws InterruptedException {
        EventLoopPool pool = new EventLoopPool(4, RoutingStrategy.LEAST_LOADED, rtms.loopSettings());
        List<RtmsClient> clients =
                IntStream.range(0, 100).mapToObj(i -> rtms.newClient()).toList();
        clients.forEach(pool::add);
        assertEquals(
                List.of(25, 25, 25, 25),
                pool.loops().stream().map(EventLoop::clientCount).toList());
        CompletableFuture<Void> end = pool.runAsync(true).toCompletableFuture();
        assertFalse(end.isDone());
        clients.forEach(RtmsClient::close);
        await().atMost(LONG).until(end::isDone);
    }

    @Test
    void whoIsThereIsKnown() throws InterruptedException {
        Queue<Object> people = new ConcurrentLinkedQueue<>();
        SimulatedMeeting meeting = stage.play(600, 1);
        try (RtmsClient client = rtms.newClient()
                .on(ParticipantsJoined.class, people::add)
                .on(ActiveSpeakerChanged.class, people::add)
                .onParticipantVideo(people::add)
                .onSharingStarted(people::add)) {
            stage.join(client, meeting);
            await().atMost(LONG).until(() -> people.size() >= 2);
            assertTrue(meeting.startSharing("Bob"));
            assertTrue(meeting.turnVideo("Ann", true) || meeting.turnVideo("Ann", false));
            await().atMost(LONG)
                    .until(() -> client.stream().attendees().stream().anyMatch(Attendee::sharing));
            List<String> names = client.stream().attendees().stream()
                    .map(one -> one.participant().name())
                    .toList();
            assertEquals(Set.of("Ann", "Bob"), Set.copyOf(names));
            assertNotEquals(0, client.stream().attendees().getFirst().sinceMs());
        }
    }

    private static ExecutorService named(String name) {
        return Executors.newFixedThreadPool(4, task -> new Thread(task, name));
    }
}
