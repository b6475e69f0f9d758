package io.rtms.simulator;

import static io.rtms.simulator.SimulatedZoom.MEDIA_AUDIO;
import static io.rtms.simulator.SimulatedZoom.mediaRequest;
import static io.rtms.simulator.SimulatedZoom.ready;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.jaredmdobson.concentus.OpusDecoder;
import io.rtms.event.StopReason;
import io.rtms.simulator.sound.PcmFormat;
import io.rtms.simulator.sound.Sound;
import io.rtms.simulator.sound.SoundSource;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Audio in the codecs, rates and channels of which a client can choose. */
class AudioFormsTest {
    private static final String TWO_SECONDS = "WEBVTT\n\n00:00.000 --> 00:02.000\n<v Ana>Two seconds.</v>\n";
    private static final String OVERLAP =
            "WEBVTT\n\n00:00.000 --> 00:01.000\n<v Ana>Both</v>\n\n00:00.000 --> 00:01.000\n<v Ben>speak.</v>\n";
    private static final int LOUD = 8_000;

    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource({
        "0, 8000, 1, 20",
        "0, 8000, 2, 40",
        "1, 16000, 1, 100",
        "1, 16000, 2, 20",
        "2, 32000, 1, 1000",
        "2, 32000, 2, 20",
        "3, 48000, 1, 20",
        "3, 48000, 2, 500"
    })
    void l16ComesAtEveryRateMonoAndStereo(int rate, int hertz, int channels, int sendRate) throws Exception {
        ObjectNode asked = params(1, rate, channels, 2).put("send_rate", sendRate);
        List<JsonNode> frames = play(TWO_SECONDS, tone(16_000), asked);
        assertEquals(2000 / sendRate, frames.size());
        for (JsonNode frame : frames) {
            assertEquals(
                    hertz / 1000 * sendRate * channels * 2, frame.path("length").asInt());
        }
        assertEquals(LOUD / Math.sqrt(2), loudness(shorts(bytes(frames))), 400);
    }

    @ParameterizedTest
    @CsvSource({"8000, 1", "32000, 2", "48000, 2"})
    void aFileOfAnotherFormIsChangedIntoWhatWasAskedFor(int hertz, int channels) throws Exception {
        Path wav = Ffmpeg.make(
                folder.resolve("tone.wav"),
                "-f",
                "lavfi",
                "-i",
                "sine=frequency=440:duration=3,volume=8",
                "-ar",
                Integer.toString(hertz),
                "-ac",
                Integer.toString(channels),
                "-c:a",
                "pcm_s16le");
        double original = loudness(shorts(Arrays.copyOfRange(Files.readAllBytes(wav), 100, 40_000)));
        List<JsonNode> frames = play(TWO_SECONDS, SoundSource.of(wav), params(1, 1, 1, 1));
        assertEquals(100, frames.size());
        assertEquals(original, loudness(shorts(bytes(frames))), original / 20);
    }

    @Test
    void aStereoFileOf48KilohertzIsByteExactWhereThatWasAskedFor() throws Exception {
        Path wav = Ffmpeg.make(
                folder.resolve("noise.wav"),
                "-f",
                "lavfi",
                "-i",
                "anoisesrc=d=3:r=48000",
                "-ac",
                "2",
                "-c:a",
                "pcm_s16le",
                "-fflags",
                "+bitexact");
        byte[] file = Files.readAllBytes(wav);
        byte[] samples = Arrays.copyOfRange(file, file.length - 3 * 192_000, file.length);
        List<JsonNode> frames = play(TWO_SECONDS, SoundSource.of(wav), params(1, 3, 2, 1));
        assertArrayEquals(Arrays.copyOf(samples, 2 * 192_000), bytes(frames));
    }

    @Test
    void g711IsALawWithEightThousandBytesASecond() throws Exception {
        List<JsonNode> frames = play(TWO_SECONDS, tone(16_000), params(2, 0, 1, 2));
        assertEquals(100, frames.size());
        assertEquals(160, frames.getFirst().path("length").asInt());
        Path coded = Files.write(folder.resolve("tone.al"), bytes(frames));
        Path decoded = Ffmpeg.make(
                folder.resolve("tone.s16"), "-f", "alaw", "-ar", "8000", "-i", coded.toString(), "-f", "s16le");
        assertEquals(LOUD / Math.sqrt(2), loudness(shorts(Files.readAllBytes(decoded))), 400);
    }

    @ParameterizedTest
    @CsvSource({"1, 1", "1, 2", "2, 1", "2, 2"})
    void opusIsOnePacketForTwentyMilliseconds(int channels, int dataOption) throws Exception {
        List<JsonNode> frames = play(TWO_SECONDS, tone(16_000), params(4, 3, channels, dataOption));
        assertEquals(100, frames.size());
        short[] heard = decoded(frames, channels);
        assertEquals(2 * 48_000 * channels, heard.length);
        assertEquals(LOUD / Math.sqrt(2), loudness(heard), 800);
    }

    @Test
    void speechKeepsItsShapeThroughOpus() throws Exception {
        Path spoken = Ffmpeg.say(folder.resolve("spoken.wav"), "Spoke and word, the kiosk is open");
        Path wav = Ffmpeg.make(
                folder.resolve("speech.wav"), "-i", spoken.toString(), "-ar", "48000", "-c:a", "pcm_s16le", "-t", "2");
        short[] original = shorts(bytes(play(TWO_SECONDS, SoundSource.of(wav), params(1, 3, 1, 2))));
        short[] heard = decoded(play(TWO_SECONDS, SoundSource.of(wav), params(4, 3, 1, 2)), 1);
        double same = 0;
        double all = 0;
        for (int at = 0; at < original.length; at += 4800) {
            double before = loudness(Arrays.copyOfRange(original, at, at + 4800));
            double after = loudness(Arrays.copyOfRange(heard, at, at + 4800));
            same += Math.min(before, after);
            all += Math.max(before, after);
        }
        assertTrue(same / all > 0.8, "loudness over time agrees only to " + same / all);
    }

    @Test
    void tonesAreCodedOnceAndStillSoundLikeTones() throws Exception {
        short[] heard = decoded(play(TWO_SECONDS, SoundSource.tones(), params(4, 3, 2, 2)), 2);
        short[] same = shorts(bytes(play(TWO_SECONDS, SoundSource.tones(), params(1, 3, 2, 2))));
        assertEquals(loudness(same), loudness(heard), loudness(same) / 10);
    }

    @Test
    void mixedOpusIsTheSumOfThoseWhoSpeak() throws Exception {
        double one = loudness(decoded(
                play(OVERLAP, quietTone(), params(4, 3, 1, 2)).stream()
                        .filter(frame -> frame.path("user_name").asText().equals("Ana"))
                        .toList(),
                1));
        List<JsonNode> mixed = play(OVERLAP, quietTone(), params(4, 3, 1, 1));
        assertEquals(50, mixed.size());
        assertEquals(0, mixed.getFirst().path("user_id").asInt(-1));
        assertEquals(2 * one, loudness(decoded(mixed, 1)), one / 4);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void anOpusFileIsPlayedPacketByPacketAsItIs(int dataOption) throws Exception {
        Path opus = Ffmpeg.make(
                folder.resolve("tone.opus"),
                "-f",
                "lavfi",
                "-i",
                "sine=frequency=440:duration=1",
                "-c:a",
                "libopus",
                "-frame_duration",
                "20");
        List<JsonNode> frames = play(TWO_SECONDS, SoundSource.of(opus), params(4, 3, 1, dataOption));
        byte[] file = Files.readAllBytes(opus);
        for (JsonNode frame : frames) {
            assertTrue(contains(file, frame.path("data").binaryValue()), "this packet is not in the file");
        }
        assertEquals(100, frames.size());
    }

    @Test
    void whoAsksForAnotherCodecThanTheFileHasHearsTones() throws Exception {
        Path opus = Ffmpeg.make(folder.resolve("tone.opus"), "-f", "lavfi", "-i", "sine=duration=1", "-c:a", "libopus");
        List<JsonNode> frames = play(TWO_SECONDS, SoundSource.of(opus), params(1, 1, 1, 1));
        assertTrue(loudness(shorts(bytes(frames))) > 500);
    }

    @Test
    void aG722FileIsPlayedAsItIs() throws Exception {
        Path g722 = Ffmpeg.make(
                folder.resolve("Ana.g722"),
                "-f",
                "lavfi",
                "-i",
                "sine=frequency=440:duration=2",
                "-ac",
                "1",
                "-ar",
                "16000",
                "-c:a",
                "g722",
                "-f",
                "g722");
        List<JsonNode> frames = play(TWO_SECONDS, SoundSource.of(folder), params(3, 1, 1, 2));
        assertArrayEquals(Files.readAllBytes(g722), bytes(frames));
    }

    @Test
    void whoHasNoG722FileIsSilentAmongThoseWhoHave() throws Exception {
        Ffmpeg.make(
                folder.resolve("Ana.g722"),
                "-f",
                "lavfi",
                "-i",
                "sine=duration=2",
                "-ac",
                "1",
                "-ar",
                "16000",
                "-c:a",
                "g722",
                "-f",
                "g722");
        List<JsonNode> frames = play(OVERLAP, SoundSource.of(folder), params(3, 1, 1, 2));
        assertEquals(50, frames.size());
        assertTrue(frames.stream()
                .allMatch(frame -> frame.path("user_name").asText().equals("Ana")));
    }

    @Test
    void withoutAFileG722BecomesL16() throws Exception {
        List<JsonNode> frames = play(TWO_SECONDS, tone(16_000), params(3, 1, 1, 2));
        assertEquals(640, frames.getFirst().path("length").asInt());
    }

    @ParameterizedTest
    @CsvSource({"4, 3, 111, 960", "2, 0, 8, 160"})
    void strictModeWrapsIntoRtpWhereThatIsAskedFor(int codec, int rate, int payloadType, int step) throws Exception {
        ObjectNode asked = params(codec, rate, 1, 2).put("content_type", 1);
        List<JsonNode> frames = play(TWO_SECONDS, tone(16_000), asked, "strict", "true");
        assertEquals(100, frames.size());
        for (int i = 0; i < frames.size(); i++) {
            ByteBuffer packet = ByteBuffer.wrap(frames.get(i).path("data").binaryValue());
            assertEquals((byte) 0x80, packet.get());
            assertEquals(payloadType, packet.get());
            assertEquals(i, packet.getShort());
            assertEquals(i * step, packet.getInt());
            assertEquals(frames.get(i).path("user_id").asInt(), packet.getInt());
            assertTrue(packet.hasRemaining());
        }
    }

    private static SoundSource tone(int hertz) {
        return (speaker, index) -> new Sound(sine(hertz, 440, LOUD), new PcmFormat(hertz, 1));
    }

    private static SoundSource quietTone() {
        return (speaker, index) -> new Sound(sine(16_000, 440, LOUD / 4));
    }

    private static byte[] sine(int hertz, int pitch, int amplitude) {
        ByteBuffer second = ByteBuffer.allocate(hertz * 2).order(java.nio.ByteOrder.LITTLE_ENDIAN);
        for (int i = 0; i < hertz; i++) {
            second.putShort((short) (amplitude * Math.sin(2 * Math.PI * pitch * i / hertz)));
        }
        return second.array();
    }

    private static ObjectNode params(int codec, int rate, int channels, int dataOption) {
        return Messages.object()
                .put("content_type", 2)
                .put("codec", codec)
                .put("sample_rate", rate)
                .put("channel", channels)
                .put("data_opt", dataOption)
                .put("send_rate", 20);
    }

    private static List<JsonNode> play(String webVtt, SoundSource sound, ObjectNode params, String... settings)
            throws Exception {
        try (SimulatedZoom zoom = new SimulatedZoom(settings)) {
            SimulatedMeeting meeting =
                    zoom.play(webVtt, PlayOptions.defaults().withSpeed(20).withSound(sound));
            ObjectNode request = mediaRequest(meeting, MEDIA_AUDIO);
            request.putObject("media_params").set("audio", params);
            try (Client signaling = zoom.signaling(meeting);
                    Client media = zoom.media(request)) {
                signaling.send(ready(meeting));
                assertEquals(Optional.of(StopReason.MEETING_ENDED), meeting.awaitEnd(Client.PATIENCE));
                media.closeCode();
                return media.received.stream()
                        .map(message -> message.path("content"))
                        .toList();
            }
        }
    }

    private static short[] decoded(List<JsonNode> frames, int channels) throws Exception {
        OpusDecoder decoder = new OpusDecoder(48_000, channels);
        short[] all = new short[frames.size() * 960 * channels];
        for (int i = 0; i < frames.size(); i++) {
            byte[] packet = frames.get(i).path("data").binaryValue();
            assertEquals(960, decoder.decode(packet, 0, packet.length, all, i * 960 * channels, 960, false));
        }
        return all;
    }

    private static byte[] bytes(List<JsonNode> frames) throws Exception {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (JsonNode frame : frames) {
            bytes.writeBytes(frame.path("data").binaryValue());
        }
        return bytes.toByteArray();
    }

    private static short[] shorts(byte[] bytes) {
        short[] samples = new short[bytes.length / 2];
        ByteBuffer.wrap(bytes)
                .order(java.nio.ByteOrder.LITTLE_ENDIAN)
                .asShortBuffer()
                .get(samples);
        return samples;
    }

    private static double loudness(short[] samples) {
        double sum = 0;
        for (short sample : samples) {
            sum += (double) sample * sample;
        }
        return Math.sqrt(sum / samples.length);
    }

    private static boolean contains(byte[] file, byte[] part) {
        for (int from = 0; from + part.length <= file.length; from++) {
            if (Arrays.equals(file, from, from + part.length, part, 0, part.length)) {
                return true;
            }
        }
        return false;
    }
}
