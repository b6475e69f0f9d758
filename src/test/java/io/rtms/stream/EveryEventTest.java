package io.rtms.stream;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.rtms.RtmsManager;
import io.rtms.event.AiInterpreter;
import io.rtms.event.ChatData;
import io.rtms.event.ChatGroupChanged;
import io.rtms.event.ChatOperation;
import io.rtms.event.ChatSessionType;
import io.rtms.event.ContactCenterEvent;
import io.rtms.event.ContactCenterEventType;
import io.rtms.event.DeskshareData;
import io.rtms.event.EventType;
import io.rtms.event.FirstPacketReceived;
import io.rtms.event.FramesDropped;
import io.rtms.event.MediaData;
import io.rtms.event.MediaInterrupted;
import io.rtms.event.MediaMetadata;
import io.rtms.event.Participant;
import io.rtms.event.ParticipantVideoChanged;
import io.rtms.event.Product;
import io.rtms.event.RawEvent;
import io.rtms.event.ReconnectAttempted;
import io.rtms.event.RtmsEvent;
import io.rtms.event.SessionState;
import io.rtms.event.SessionUpdated;
import io.rtms.event.SharingStarted;
import io.rtms.event.SharingStopped;
import io.rtms.event.StopReason;
import io.rtms.event.TranscriptData;
import io.rtms.event.VideoSubscribed;
import io.rtms.media.DataOption;
import io.rtms.media.MediaType;
import io.rtms.media.VideoParams;
import io.rtms.simulator.Deviation;
import io.rtms.simulator.PlayOptions;
import io.rtms.simulator.SimulatedMeeting;
import io.rtms.simulator.script.ChatMessage;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Everything that can happen in a stream reaches a callback, whatever form it takes on the wire. */
@QuarkusTest
@TestProfile(QuietObservers.class)
class EveryEventTest {
    private static final Duration LONG = Duration.ofSeconds(30);

    @Inject
    RtmsManager rtms;

    @Inject
    Stage stage;

    private final Queue<RtmsEvent> events = new ConcurrentLinkedQueue<>();
    private RtmsClient client;

    @AfterEach
    void leave() {
        client.close();
    }

    @Test
    void everyRecordOfAMeetingReachesItsCallback() throws InterruptedException {
        SimulatedMeeting meeting = listen(PlayOptions.defaults());
        client.subscribeVideo(meeting.participant("Bob").id(), true);
        meeting.startSharing("Ann");
        awaitEvent(DeskshareData.class);
        meeting.stopSharing();
        meeting.turnVideo("Bob", false);
        meeting.chat(ChatMessage.of("Ann", "m1", "hello"));
        meeting.say("Ann", "hello");
        awaitEvent(TranscriptData.class);
        meeting.sendMetadata(MediaType.AUDIO, fields().put("user_id", 7));
        meeting.sendEvent(EventType.CHAT_GROUP_CREATE.number(), fields());
        awaitEvent(VideoSubscribed.class);
        awaitEvent(MediaMetadata.class);
        awaitEvent(ChatGroupChanged.class);
        assertTrue(meeting.dropMedia(MediaType.CHAT));
        awaitEvent(MediaInterrupted.class);
        meeting.leave("Bob");
        meeting.stop(StopReason.MEETING_ENDED);
        assertTrue(client.awaitLeft(LONG));
        Set<Class<?>> seen = events.stream().map(Object::getClass).collect(Collectors.toSet());
        seen.remove(ReconnectAttempted.class); // where the end did not come first
        Set<Class<?>> elsewhere = Set.of(ContactCenterEvent.class, ReconnectAttempted.class, FramesDropped.class);
        Set<Class<?>> expected = Set.copyOf(Interest.ALL).stream()
                .filter(type -> !elsewhere.contains(type))
                .collect(Collectors.toSet());
        assertEquals(expected, seen);
    }

    @Test
    void typedAndRawEventsBothArrive() throws InterruptedException {
        SimulatedMeeting meeting = listen(PlayOptions.defaults());
        meeting.startSharing("Bob");
        meeting.stopSharing();
        Participant bob = meeting.participant("Bob");
        assertEquals(bob, awaitEvent(SharingStarted.class).participant());
        assertEquals(bob, awaitEvent(SharingStopped.class).participant(), "Zoom does not say again who it was");
        awaitRaw(EventType.SHARING_STOP.number());
        List<Integer> raw = of(RawEvent.class).stream()
                .map(RawEvent::type)
                .filter(type -> type == 5 || type == 6)
                .toList();
        assertEquals(List.of(5, 6), raw);
        assertTrue(awaitEvent(FirstPacketReceived.class).timestamp() > 1_600_000_000_000L);
    }

    @Test
    void namesThatZoomDoesNotRepeatAreFilledIn() throws InterruptedException {
        SimulatedMeeting meeting = listen(PlayOptions.defaults());
        meeting.turnVideo("Ann", false);
        ParticipantVideoChanged off = awaitEvent(ParticipantVideoChanged.class);
        assertEquals(List.of(meeting.participant("Ann")), off.participants());
        assertEquals(false, off.on());
    }

    @Test
    void aChatMessageArrivesWithAllThatBelongsToIt() throws InterruptedException {
        SimulatedMeeting meeting = listen(PlayOptions.defaults());
        meeting.chat(new ChatMessage(
                "Ann",
                ChatOperation.NEW,
                "m2",
                "see the plan",
                "m1",
                ChatSessionType.INDIVIDUAL,
                "c9",
                List.of("Bob"),
                List.of(new ChatMessage.File("f1", "plan.pdf", 1_234)),
                List.of("f0")));
        ChatData chat = awaitEvent(ChatData.class);
        assertEquals("see the plan", chat.text());
        assertEquals(meeting.participant("Ann"), chat.participant());
        assertEquals(ChatOperation.NEW, chat.operation());
        assertEquals("m2", chat.messageId());
        assertEquals("m1", chat.parentMessageId());
        assertEquals(new ChatData.Session(ChatSessionType.INDIVIDUAL, "c9"), chat.session());
        assertEquals(List.of(meeting.participant("Bob")), chat.receivers());
        assertEquals(List.of(new ChatData.File("f1", "plan.pdf", 1_234)), chat.files());
        assertEquals(List.of("f0"), chat.deletedFileIds());
    }

    @Test
    void metadataThatComeApartAreReadAsFarAsTheyAreKnown() throws InterruptedException {
        SimulatedMeeting meeting = listen(PlayOptions.defaults());
        ObjectNode content = fields().put("user_id", 7)
                .put("user_name", "Cid")
                .put("start_ts", 11)
                .put("end_ts", 12);
        ObjectNode interpreter = content.putObject("aii");
        interpreter.put("lid", 9).put("timestamp", 13).put("channel_num", 2).put("sample_rate", 1);
        interpreter
                .putArray("targets")
                .addObject()
                .put("lid", 14)
                .put("toneid", "t")
                .put("voice_id", "v")
                .put("engine", "e");
        assertTrue(meeting.sendMetadata(MediaType.AUDIO, content));
        MediaMetadata apart = awaitEvent(MediaMetadata.class);
        assertEquals(MediaType.AUDIO, apart.type());
        assertEquals(new Participant(7, "Cid"), apart.metadata().participant());
        assertEquals(11, apart.metadata().startMs());
        assertEquals(12, apart.metadata().endMs());
        assertEquals(
                new AiInterpreter(9, 13, 2, 1, List.of(new AiInterpreter.Target(14, "t", "v", "e"))),
                apart.metadata().aiInterpreter().orElseThrow());
        assertTrue(apart.json().contains("\"voice_id\":\"v\""), apart.json());
    }

    @ParameterizedTest
    @EnumSource(value = MediaType.class)
    void metadataOfEveryMediumSayWhichItIs(MediaType type) throws InterruptedException {
        SimulatedMeeting meeting = listen(PlayOptions.defaults());
        assertTrue(meeting.sendMetadata(type, fields().put("user_id", 7)));
        assertEquals(type, awaitEvent(MediaMetadata.class).type());
    }

    @ParameterizedTest
    @EnumSource(value = ContactCenterEventType.class)
    void everyVoiceEventOfTheContactCenterHasItsName(ContactCenterEventType type) throws InterruptedException {
        SimulatedMeeting meeting = listen(PlayOptions.defaults().withProduct(Product.CONTACT_CENTER));
        int number = type == ContactCenterEventType.UNKNOWN ? 31 : type.number();
        ObjectNode fields = fields();
        fields.putObject("participant_info").put("channel_id", "ch-1").put("participant_mode", "caller");
        assertTrue(meeting.sendEvent(number, fields));
        await().atMost(LONG)
                .until(() -> of(ContactCenterEvent.class).stream().anyMatch(event -> event.number() == number));
        ContactCenterEvent event = of(ContactCenterEvent.class).stream()
                .filter(one -> one.number() == number)
                .toList()
                .getLast();
        assertEquals(type, event.type());
        assertEquals("caller", event.participant().get("participant_mode"));
        assertTrue(event.timestamp() > 1_600_000_000_000L);
        awaitRaw(number);
    }

    @Test
    void contactCenterMediaNameTheirChannel() {
        listen(PlayOptions.defaults().withProduct(Product.CONTACT_CENTER));
        await().atMost(LONG)
                .until(() -> of(MediaData.class).stream()
                        .anyMatch(data -> !data.metadata().channelId().isEmpty()));
    }

    @Test
    void sessionsThatPauseAndResumeAreTold() throws InterruptedException {
        SimulatedMeeting meeting = listen(PlayOptions.defaults());
        meeting.pauseSession();
        meeting.resumeSession();
        await().atMost(LONG).until(() -> of(SessionUpdated.class).size() >= 3);
        assertEquals(
                List.of(SessionState.STARTED, SessionState.PAUSED, SessionState.RESUMED),
                of(SessionUpdated.class).stream().map(SessionUpdated::state).toList());
    }

    @ParameterizedTest
    @EnumSource
    void noDeviationOfTheWireLosesALine(Deviation deviation) throws InterruptedException {
        SimulatedMeeting meeting =
                stage.play(10, PlayOptions.defaults().withSpeed(50).withDeviations(deviation));
        client = rtms.newClient().on(RtmsEvent.class, events::add);
        stage.join(client, meeting);
        assertTrue(client.awaitLeft(LONG));
        assertEquals(
                IntStream.range(0, 10).mapToObj(i -> "line " + i).toList(),
                of(TranscriptData.class).stream().map(TranscriptData::text).toList());
    }

    private SimulatedMeeting listen(PlayOptions options) {
        SimulatedMeeting meeting = stage.play(600, options);
        client = rtms.newClient()
                .video(VideoParams.defaults().withDataOption(DataOption.VIDEO_SINGLE_INDIVIDUAL_STREAM))
                .on(RtmsEvent.class, events::add);
        stage.join(client, meeting);
        await().atMost(LONG).until(() -> Stream.of(MediaType.values()).allMatch(meeting::isConnected));
        return meeting;
    }

    private <E extends RtmsEvent> E awaitEvent(Class<E> type) {
        await("for " + type.getSimpleName()).atMost(LONG).until(() -> !of(type).isEmpty());
        return of(type).getFirst();
    }

    private void awaitRaw(int number) {
        await().atMost(LONG).until(() -> of(RawEvent.class).stream().anyMatch(raw -> raw.type() == number));
    }

    private <E> List<E> of(Class<E> type) {
        return events.stream().filter(type::isInstance).map(type::cast).toList();
    }

    private static ObjectNode fields() {
        return JsonNodeFactory.instance.objectNode();
    }
}
