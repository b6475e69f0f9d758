package io.rtms;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.quarkus.test.junit.QuarkusTest;
import io.rtms.event.ActiveSpeakerChanged;
import io.rtms.event.AudioData;
import io.rtms.event.ParticipantsJoined;
import io.rtms.event.RtmsEvent;
import io.rtms.event.StopReason;
import io.rtms.event.StreamJoined;
import io.rtms.event.StreamLeft;
import io.rtms.event.StreamState;
import io.rtms.event.StreamStateChanged;
import io.rtms.event.TranscriptData;
import io.rtms.media.MediaType;
import io.rtms.simulator.FrameMode;
import io.rtms.simulator.Framing;
import io.rtms.simulator.PlayOptions;
import io.rtms.simulator.SimulatedMeeting;
import io.rtms.simulator.Simulator;
import io.rtms.simulator.script.MeetingScript;
import io.rtms.simulator.sound.SoundSource;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** A meeting from webhook to CDI events, through the native library. */
@QuarkusTest
class SimulatedMeetingTest {
    private static final Path DATA = Path.of("../shared/data");

    @Inject
    Simulator simulator;

    @Inject
    RecordedEvents recorded;

    @Test
    void everyLineArrivesOnceInOrderBetweenJoinAndEnd() throws InterruptedException {
        MeetingScript script = MeetingScript.demo();
        String stream = play(script, PlayOptions.defaults().withSpeed(200));
        assertEquals(lines(script), recorded.lines(stream));
        List<RtmsEvent> events = recorded.of(stream);
        assertEquals(
                List.of(StreamState.JOINING, StreamState.LIVE, StreamState.ENDED),
                recorded.states(stream).stream().map(StreamStateChanged::state).toList());
        StreamLeft left = (StreamLeft) events.getLast();
        assertEquals(StopReason.MEETING_ENDED.name(), left.cause().name());
        StreamJoined joined = recorded.of(stream, StreamJoined.class).getFirst();
        assertEquals(Set.of(MediaType.AUDIO, MediaType.TRANSCRIPT), joined.media());
        assertTrue(
                events.indexOf(joined)
                        < events.indexOf(
                                recorded.of(stream, TranscriptData.class).getFirst()),
                "joined comes before the first line");
    }

    @Test
    void saysWhoIsThereAndWhoSpeaks() throws InterruptedException {
        MeetingScript script = MeetingScript.demo();
        String stream = play(script, PlayOptions.defaults().withSpeed(200));
        assertEquals(
                script.speakers(),
                recorded.of(stream, ParticipantsJoined.class).stream()
                        .flatMap(joined -> joined.participants().stream())
                        .map(participant -> participant.name())
                        .toList());
        List<String> speakers = recorded.of(stream, ActiveSpeakerChanged.class).stream()
                .map(changed -> changed.speaker().name())
                .toList();
        assertEquals(script.cues().getFirst().speaker(), speakers.getFirst());
        assertEquals(Set.copyOf(script.speakers()), Set.copyOf(speakers));
    }

    @ParameterizedTest
    @EnumSource(FrameMode.class)
    void anyKindOfWebSocketFrameWillDo(FrameMode mode) throws InterruptedException {
        MeetingScript script = MeetingScript.demo();
        String stream = play(script, PlayOptions.defaults().withSpeed(200).withFraming(new Framing(mode, 50)));
        assertEquals(lines(script), recorded.lines(stream));
    }

    @ParameterizedTest
    @CsvSource({"ami-es2002a.vtt, 375", "committee-covid-4.vtt, 1060"})
    void realMeetingsArriveWordForWord(String file, int cues) throws InterruptedException {
        Path path = DATA.resolve("meetings").resolve(file);
        assumeTrue(Files.exists(path), () -> path + " is not there");
        MeetingScript script = MeetingScript.read(path);
        String stream = play(script, PlayOptions.defaults().withSpeed(400));
        assertEquals(cues, recorded.lines(stream).size());
        assertEquals(lines(script), recorded.lines(stream));
    }

    @Test
    void audioArrivesByteForByte() throws InterruptedException, IOException {
        Path wav = DATA.resolve("speech/jfk-16k-mono.wav");
        assumeTrue(Files.exists(wav), () -> wav + " is not there");
        MeetingScript script =
                MeetingScript.parse("speech", "WEBVTT\n\n00:00:00.000 --> 00:00:11.000\n<v JFK>And so</v>\n");
        String stream = play(script, PlayOptions.defaults().withSpeed(20).withSound(SoundSource.of(wav)));
        byte[] file = Files.readAllBytes(wav);
        byte[] samples = Arrays.copyOfRange(file, file.length - 352_000, file.length);
        assertEquals(550, recorded.of(stream, AudioData.class).size());
        assertArrayEquals(samples, recorded.audio(stream));
    }

    private String play(MeetingScript script, PlayOptions options) throws InterruptedException {
        SimulatedMeeting meeting = simulator.play(script, options);
        assertTrue(meeting.awaitEnd(Duration.ofSeconds(60)).isPresent(), "the meeting came to its end");
        await().atMost(Duration.ofSeconds(10)).until(() -> recorded.isOver(meeting.streamId()));
        assertEquals(0, meeting.transcriptsLost(), "lines spoken while nobody was connected");
        return meeting.streamId();
    }

    private static List<String> lines(MeetingScript script) {
        return script.cues().stream()
                .map(cue -> cue.speaker() + ": " + cue.text())
                .toList();
    }
}
