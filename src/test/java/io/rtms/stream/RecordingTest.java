package io.rtms.stream;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.rtms.RtmsManager;
import io.rtms.event.AudioData;
import io.rtms.event.VideoData;
import io.rtms.media.AudioParams;
import io.rtms.media.DataOption;
import io.rtms.media.VideoParams;
import io.rtms.simulator.Ffmpeg;
import io.rtms.simulator.PlayOptions;
import io.rtms.simulator.SimulatedMeeting;
import io.rtms.simulator.picture.PictureSource;
import io.rtms.simulator.sound.SoundSource;
import jakarta.inject.Inject;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What observers record plays elsewhere: ffprobe is the judge. */
@QuarkusTest
@TestProfile(QuietObservers.class)
class RecordingTest {
    private static final Duration LONG = Duration.ofSeconds(30);

    @Inject
    RtmsManager rtms;

    @Inject
    Stage stage;

    @Test
    void anH264StreamHasItsResolutionAndEveryFrame(@TempDir Path folder) throws Exception {
        Path clip = Ffmpeg.make(
                folder.resolve("clip.h264"),
                "-f",
                "lavfi",
                "-i",
                "testsrc2=size=640x360:rate=25:duration=2",
                "-c:v",
                "libx264",
                "-bf",
                "0",
                "-g",
                "25");
        Queue<VideoData> frames = new ConcurrentLinkedQueue<>();
        SimulatedMeeting meeting =
                stage.play(4, PlayOptions.defaults().withSpeed(4).withVideo(PictureSource.of(clip)));
        try (RtmsClient client =
                rtms.newClient().video(VideoParams.builder().fps(25).build()).onVideo(frames::add)) {
            stage.join(client, meeting);
            assertTrue(client.awaitLeft(LONG));
        }
        assertTrue(frames.size() >= 90, frames.size() + " frames of four seconds");
        Path recorded = write(
                folder.resolve("recorded.h264"),
                frames.stream().map(VideoData::data).toList());
        assertEquals("h264,640,360," + frames.size(), Ffmpeg.probe(recorded, "codec_name,width,height,nb_read_frames"));
    }

    @Test
    void anOpusStreamIsOpusAndLastsAsLongAsItWasHeard(@TempDir Path folder) throws Exception {
        Path speech =
                Ffmpeg.say(folder.resolve("speech.wav"), "Twenty milliseconds at a time, from one end to the other.");
        Path wav = Ffmpeg.make(folder.resolve("speech16.wav"), "-i", speech.toString(), "-ar", "16000", "-ac", "1");
        Queue<AudioData> frames = new ConcurrentLinkedQueue<>();
        SimulatedMeeting meeting =
                stage.play(3, PlayOptions.defaults().withSpeed(10).withSound(SoundSource.of(wav)));
        try (RtmsClient client = rtms.newClient()
                .audio(AudioParams.defaults().withDataOption(DataOption.AUDIO_MIXED_STREAM))
                .onAudio(frames::add)) {
            stage.join(client, meeting);
            assertTrue(client.awaitLeft(LONG));
        }
        List<byte[]> packets = frames.stream().map(AudioData::data).toList();
        Path recorded = Files.write(folder.resolve("recorded.opus"), OggWriter.opus(packets, 2));
        assertEquals(
                "opus,48000,2," + packets.size(),
                Ffmpeg.probe(recorded, "codec_name,sample_rate,channels,nb_read_frames"));
        assertTrue(packets.size() >= 100, packets.size() + " packets of almost three seconds");
    }

    @Test
    void anL16StreamIsTheWavThatWasPlayed(@TempDir Path folder) throws Exception {
        Path wav = Ffmpeg.make(
                folder.resolve("tone.wav"),
                "-f",
                "lavfi",
                "-i",
                "sine=frequency=440:sample_rate=16000:duration=0.9",
                "-ac",
                "1");
        ByteArrayOutputStream heard = new ByteArrayOutputStream();
        SimulatedMeeting meeting =
                stage.play(1, PlayOptions.defaults().withSpeed(10).withSound(SoundSource.of(wav)));
        AudioParams l16 = AudioParams.protocolDefaults().withDataOption(DataOption.AUDIO_MULTI_STREAMS);
        try (RtmsClient client = rtms.newClient().audio(l16).onAudio(frame -> heard.writeBytes(frame.data()))) {
            stage.join(client, meeting);
            assertTrue(client.awaitLeft(LONG));
        }
        byte[] played = Files.readAllBytes(wav);
        byte[] samples = Arrays.copyOfRange(played, played.length - heard.size(), played.length);
        assertArrayEquals(samples, heard.toByteArray());
        Path recorded = Files.write(folder.resolve("recorded.wav"), wav(heard.toByteArray()));
        assertEquals("pcm_s16le,16000,1,0.900000", Ffmpeg.probe(recorded, "codec_name,sample_rate,channels,duration"));
    }

    private static Path write(Path file, List<byte[]> frames) throws Exception {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        frames.forEach(bytes::writeBytes);
        return Files.write(file, bytes.toByteArray());
    }

    /** A WAV file of 16 kHz, mono. */
    private static byte[] wav(byte[] samples) {
        ByteBuffer file = ByteBuffer.allocate(44 + samples.length).order(ByteOrder.LITTLE_ENDIAN);
        file.put("RIFF".getBytes(StandardCharsets.US_ASCII)).putInt(36 + samples.length);
        file.put("WAVEfmt ".getBytes(StandardCharsets.US_ASCII))
                .putInt(16)
                .putShort((short) 1)
                .putShort((short) 1);
        file.putInt(16_000).putInt(32_000).putShort((short) 2).putShort((short) 16);
        file.put("data".getBytes(StandardCharsets.US_ASCII))
                .putInt(samples.length)
                .put(samples);
        return file.array();
    }
}
