package io.rtms.simulator.sound;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.jaredmdobson.concentus.OpusDecoder;
import io.rtms.media.AudioCodec;
import io.rtms.simulator.Ffmpeg;
import java.io.ByteArrayOutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CodingTest {
    @TempDir
    Path folder;

    @Test
    void aLawOfEverySampleIsWhatOthersMakeOfIt() throws Exception {
        short[] every = new short[65536];
        for (int i = 0; i < every.length; i++) {
            every[i] = (short) (i - 32768);
        }
        Path pcm = Files.write(
                folder.resolve("all.s16"),
                AudioEncoder.of(AudioCodec.L16, PcmFormat.WIDEBAND).encode(every));
        Path decoded = folder.resolve("decoded.s16");
        Path ours = Files.write(
                folder.resolve("ours.al"),
                AudioEncoder.of(AudioCodec.G711, new PcmFormat(8000, 1)).encode(every));
        Ffmpeg.make(decoded, "-f", "alaw", "-ar", "8000", "-ac", "1", "-i", ours.toString(), "-f", "s16le");
        byte[] theirs = Files.readAllBytes(decoded);
        assertEquals(Files.size(pcm), theirs.length);
        for (int i = 0; i < every.length; i++) {
            int back = (short) ((theirs[2 * i] & 0xFF) | theirs[2 * i + 1] << 8);
            int step = Math.max(16, Integer.highestOneBit(Math.max(1, Math.abs(every[i]))) / 16);
            assertTrue(Math.abs(back - every[i]) <= step, every[i] + " became " + back);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "8000, 48000, 1000", "16000, 48000, 3000", "48000, 16000, 3000", "48000, 8000, 1000", "32000, 48000, 5000",
        "48000, 32000, 5000", "16000, 8000, 1500", "8000, 16000, 1500", "32000, 16000, 440", "16000, 32000, 440"
    })
    void aToneKeepsItsLoudnessAndPitchAtEveryRate(int from, int to, int pitch) {
        short[] samples = converted(new PcmFormat(from, 1), new PcmFormat(to, 1), tone(from, pitch, 1000));
        assertEquals(to, samples.length);
        short[] steady = Arrays.copyOfRange(samples, to / 10, to);
        double loudness = loudness(steady);
        assertEquals(10_000 / Math.sqrt(2), loudness, 300);
        double expected = 10_000 / Math.sqrt(2);
        assertTrue(correlation(steady, pitch, to) > 0.99 * expected, "nothing but the tone is heard");
    }

    @ParameterizedTest
    @CsvSource({"48000, 8000, 6000", "48000, 16000, 12000", "16000, 8000, 7000", "32000, 16000, 13000"})
    void whatALowerRateCannotHoldIsNotHeard(int from, int to, int pitch) {
        short[] samples = converted(new PcmFormat(from, 1), new PcmFormat(to, 1), tone(from, pitch, 1000));
        assertTrue(loudness(Arrays.copyOfRange(samples, to / 10, to)) < 100, "an alias is heard");
    }

    @Test
    void channelsAreDoubledAndAveraged() {
        byte[] stereo = {10, 0, 30, 0, 1, 0, 3, 0};
        PcmFormat two = new PcmFormat(16_000, 2);
        assertArrayEquals(new short[] {20, 2}, new PcmConverter(two, PcmFormat.WIDEBAND).next(stereo));
        byte[] mono = {10, 0, 30, 0};
        assertArrayEquals(new short[] {10, 10, 30, 30}, new PcmConverter(PcmFormat.WIDEBAND, two).next(mono));
        assertArrayEquals(new short[] {10, 30}, new PcmConverter(two, two).next(mono));
    }

    @Test
    void stereoStaysStereoAtAnotherRate() {
        short[] samples = new short[2 * 48_000];
        byte[] left = tone(16_000, 500, 1000);
        byte[] both = new byte[left.length * 2];
        for (int i = 0; i < left.length / 2; i++) {
            both[4 * i] = left[2 * i];
            both[4 * i + 1] = left[2 * i + 1];
        }
        samples = converted(new PcmFormat(16_000, 2), new PcmFormat(48_000, 2), both);
        assertEquals(2 * 48_000, samples.length);
        for (int i = 1; i < samples.length; i += 2) {
            assertEquals(0, samples[i]);
        }
        assertTrue(loudness(samples) > 4000);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void opusIsHeardAsItWasSaid(int channels) throws Exception {
        PcmFormat format = new PcmFormat(48_000, channels);
        AudioEncoder encoder = AudioEncoder.of(AudioCodec.OPUS, format);
        PcmConverter converter = new PcmConverter(new PcmFormat(48_000, 1), format);
        byte[] tone = tone(48_000, 700, 1000);
        OpusDecoder decoder = new OpusDecoder(48_000, channels);
        short[] heard = new short[960 * channels];
        double loudness = 0;
        for (int at = 0; at < tone.length; at += 1920) {
            byte[] packet = encoder.encode(converter.next(Arrays.copyOfRange(tone, at, at + 1920)));
            assertEquals(960, decoder.decode(packet, 0, packet.length, heard, 0, 960, false));
            loudness = loudness(heard);
        }
        assertEquals(10_000 / Math.sqrt(2), loudness, 1500);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void anOggFileIsReadPacketByPacket(int channels) throws Exception {
        Path opus = Ffmpeg.make(
                folder.resolve("tone.opus"),
                "-f",
                "lavfi",
                "-i",
                "sine=frequency=700:duration=3",
                "-ac",
                "" + channels,
                "-c:a",
                "libopus",
                "-frame_duration",
                "20");
        List<byte[]> packets = OggOpusFile.read(opus).frames();
        assertTrue(packets.size() >= 150 && packets.size() <= 152, packets.size() + " packets");
        OpusDecoder decoder = new OpusDecoder(48_000, channels);
        short[] heard = new short[960 * channels];
        for (byte[] packet : packets) {
            assertEquals(960, decoder.decode(packet, 0, packet.length, heard, 0, 960, false));
        }
    }

    @Test
    void packetsThatSpanPagesAreJoined() throws Exception {
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        byte[] head = "OpusHead...........".getBytes(java.nio.charset.StandardCharsets.ISO_8859_1);
        byte[] large = WavBytes.noise(7, 600);
        large[0] = (byte) (31 << 3); // CELT, 20 ms, one frame
        file.writeBytes(page(new int[] {head.length}, head));
        file.writeBytes(page(new int[] {4}, "Tags".getBytes(java.nio.charset.StandardCharsets.ISO_8859_1)));
        file.writeBytes(page(new int[] {255, 255}, Arrays.copyOf(large, 510)));
        file.writeBytes(page(new int[] {90}, Arrays.copyOfRange(large, 510, 600)));
        assertArrayEquals(
                large,
                OggOpusFile.read("large.opus", file.toByteArray()).frames().getFirst());
    }

    @Test
    void packetsOfAnotherLengthAreRefusedWithAdvice() throws Exception {
        Path opus = Ffmpeg.make(
                folder.resolve("long.opus"),
                "-f",
                "lavfi",
                "-i",
                "sine=frequency=700:duration=1",
                "-c:a",
                "libopus",
                "-frame_duration",
                "60");
        SoundException e = assertThrows(SoundException.class, () -> SoundSource.of(opus));
        assertTrue(e.getMessage().contains("60 ms") && e.getMessage().contains("-frame_duration 20"), e.getMessage());
    }

    @Test
    void whatIsNoOggFileIsRefused() throws Exception {
        Path vorbis = Ffmpeg.make(folder.resolve("other.ogg"), "-f", "lavfi", "-i", "sine=duration=1", "-c:a", "flac");
        byte[] flac = Files.readAllBytes(vorbis);
        byte[] cut = Arrays.copyOf(flac, flac.length - 10);
        for (byte[] bytes : List.of(flac, cut, new byte[0], WavBytes.noise(1, 500))) {
            assertThrows(SoundException.class, () -> OggOpusFile.read("bad.opus", bytes));
        }
    }

    @Test
    void g722IsCutIntoTwentyMilliseconds() throws Exception {
        Path g722 = Ffmpeg.make(
                folder.resolve("tone.g722"),
                "-f",
                "lavfi",
                "-i",
                "sine=frequency=700:duration=1",
                "-ac",
                "1",
                "-ar",
                "16000",
                "-c:a",
                "g722",
                "-f",
                "g722");
        SoundSource source = SoundSource.of(g722);
        assertTrue(source.hasRecorded(AudioCodec.G722));
        Packets packets = source.of("Ana", 0).packets(AudioCodec.G722, 1).orElseThrow();
        assertEquals(50, packets.frames().size());
        assertEquals(160, packets.at(980).length);
        assertArrayEquals(packets.at(0), packets.at(1000));
        assertThrows(
                SoundException.class, () -> SoundSource.of(Files.write(folder.resolve("short.g722"), new byte[159])));
    }

    private static byte[] page(int[] lengths, byte[] data) {
        byte[] page = new byte[27 + lengths.length + data.length];
        System.arraycopy("OggS".getBytes(java.nio.charset.StandardCharsets.ISO_8859_1), 0, page, 0, 4);
        page[26] = (byte) lengths.length;
        for (int i = 0; i < lengths.length; i++) {
            page[27 + i] = (byte) lengths[i];
        }
        System.arraycopy(data, 0, page, 27 + lengths.length, data.length);
        return page;
    }

    private static short[] converted(PcmFormat from, PcmFormat to, byte[] sound) {
        PcmConverter converter = new PcmConverter(from, to);
        int step = from.bytesIn(20);
        short[] all = new short[sound.length / step * to.samplesIn(20)];
        for (int frame = 0; frame * step < sound.length; frame++) {
            short[] next = converter.next(Arrays.copyOfRange(sound, frame * step, (frame + 1) * step));
            System.arraycopy(next, 0, all, frame * next.length, next.length);
        }
        return all;
    }

    private static byte[] tone(int rate, int pitch, int ms) {
        short[] samples = new short[rate / 1000 * ms];
        for (int i = 0; i < samples.length; i++) {
            samples[i] = (short) (10_000 * Math.sin(2 * Math.PI * pitch * i / rate));
        }
        return AudioEncoder.of(AudioCodec.L16, PcmFormat.WIDEBAND).encode(samples);
    }

    private static double loudness(short[] samples) {
        double sum = 0;
        for (short sample : samples) {
            sum += (double) sample * sample;
        }
        return Math.sqrt(sum / samples.length);
    }

    /** How loud the part of the sound is that has this pitch. */
    private static double correlation(short[] samples, int pitch, int rate) {
        double sine = 0;
        double cosine = 0;
        for (int i = 0; i < samples.length; i++) {
            sine += samples[i] * Math.sin(2 * Math.PI * pitch * i / rate);
            cosine += samples[i] * Math.cos(2 * Math.PI * pitch * i / rate);
        }
        return Math.sqrt(2) * Math.hypot(sine, cosine) / samples.length;
    }
}
