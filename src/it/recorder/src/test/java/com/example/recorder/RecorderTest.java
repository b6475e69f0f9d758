package com.example.recorder;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.junit.QuarkusTest;
import io.rtms.RtmsManager;
import io.rtms.event.StopReason;
import io.rtms.media.MediaType;
import io.rtms.simulator.PlayOptions;
import io.rtms.simulator.SimulatedMeeting;
import io.rtms.simulator.Simulator;
import io.rtms.simulator.script.MeetingScript;
import jakarta.inject.Inject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.Test;

/** A simulated meeting, and what is left of it. */
@QuarkusTest
class RecorderTest {
    private static final Duration LONG = Duration.ofSeconds(30);
    private static final MeetingScript SCRIPT = MeetingScript.parse("recorded", """
            WEBVTT

            00:00.000 --> 00:02.000
            <v Ann>Two seconds.</v>

            00:03.000 --> 00:04.000
            <v Bob>One &amp; only.</v>

            00:06.000 --> 00:07.000
            <v Ann>And one more.</v>
            """);

    @Inject
    Simulator simulator;

    @Inject
    RtmsManager rtms;

    @ConfigProperty(name = "recorder.dir")
    Path recordings;

    @Test
    void voicesHaveTheirTimesAndAreSilentInBetween() throws Exception {
        Path folder = record();
        Path ann = file(folder, "-Ann.wav");
        Path bob = file(folder, "-Bob.wav");
        assertEquals("pcm_s16le,16000,1,7.0", field(ann));
        assertEquals("pcm_s16le,16000,1,4.0", field(bob));
        assertFalse(WavFileTest.isSilent(ann, 200, 1800));
        assertTrue(WavFileTest.isSilent(ann, 2200, 5800));
        assertFalse(WavFileTest.isSilent(ann, 6200, 6800));
        assertTrue(WavFileTest.isSilent(bob, 0, 2800));
        assertFalse(WavFileTest.isSilent(bob, 3200, 3800));
    }

    /** Half a frame of video may come before the first sound. */
    private static String field(Path wav) throws Exception {
        String fields = Ffprobe.of(wav, "codec_name,sample_rate,channels,duration");
        int comma = fields.lastIndexOf(',') + 1;
        return fields.substring(0, comma) + Math.round(Double.parseDouble(fields.substring(comma)) * 10) / 10.0;
    }

    @Test
    void videoIsH264ThatBeginsWithAKeyFrame() throws Exception {
        SimulatedMeeting meeting = play();
        Path video = file(end(meeting), "video.h264");
        assertTrue(H264File.isKey(Files.readAllBytes(video)));
        assertEquals(
                "h264,1280,720," + meeting.framesSent(MediaType.VIDEO),
                Ffprobe.of(video, "codec_name,width,height,nb_read_frames"));
    }

    @Test
    void wordsAreTheMeetings() throws Exception {
        Path words = file(record(), "transcript.vtt");
        assertEquals(
                SCRIPT.cues().stream()
                        .map(cue -> cue.speaker() + ": " + cue.text())
                        .toList(),
                MeetingScript.read(words).cues().stream()
                        .map(cue -> cue.speaker() + ": " + cue.text())
                        .toList());
    }

    @Test
    void nothingIsKeptWhenConsentIsRevoked() throws Exception {
        SimulatedMeeting meeting = play();
        Path folder = recordings.resolve(meeting.streamId());
        await().atMost(LONG).until(() -> Files.isRegularFile(folder.resolve("transcript.vtt")));
        meeting.stop(StopReason.STREAM_REVOKED);
        await().atMost(LONG).until(() -> !Files.exists(folder));
        assertTrue(rtms.stream(meeting.streamId()).orElseThrow().awaitEnd(LONG));
        assertFalse(Files.exists(folder));
    }

    private SimulatedMeeting play() {
        return simulator.play(SCRIPT, PlayOptions.defaults().withSpeed(5));
    }

    private Path record() throws InterruptedException {
        return end(play());
    }

    /** The folder of a meeting, when it is over and everything is written. */
    private Path end(SimulatedMeeting meeting) throws InterruptedException {
        assertTrue(meeting.awaitEnd(LONG).isPresent());
        assertTrue(rtms.stream(meeting.streamId()).orElseThrow().awaitEnd(LONG));
        return recordings.resolve(meeting.streamId());
    }

    private static Path file(Path folder, String ending) throws Exception {
        try (Stream<Path> files = Files.list(folder)) {
            List<Path> found =
                    files.filter(file -> file.toString().endsWith(ending)).toList();
            assertEquals(1, found.size(), ending);
            return found.getFirst();
        }
    }
}
