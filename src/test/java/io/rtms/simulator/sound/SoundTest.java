package io.rtms.simulator.sound;

import static io.rtms.simulator.sound.WavBytes.chunk;
import static io.rtms.simulator.sound.WavBytes.format;
import static io.rtms.simulator.sound.WavBytes.noise;
import static io.rtms.simulator.sound.WavBytes.riff;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SoundTest {
    private static final byte[] SAMPLES = noise(1, 1000);

    @TempDir
    Path folder;

    @Test
    void findsTheSamplesAmongOtherChunks() {
        byte[] wav = riff(
                chunk("LIST", noise(2, 33)),
                format(1, 1, 16_000, 16),
                chunk("fact", noise(3, 4)),
                chunk("data", SAMPLES));
        assertArrayEquals(SAMPLES, WavFile.read("test.wav", wav).samples());
    }

    @Test
    void takesWhatIsThereOfAFileThatWasNotFinished() {
        byte[] wav = WavBytes.file(SAMPLES);
        int size = wav.length - SAMPLES.length - 4;
        Arrays.fill(wav, size, size + 4, (byte) 0xFF);
        assertArrayEquals(SAMPLES, WavFile.read("unfinished.wav", wav).samples());
        Arrays.fill(wav, size, size + 4, (byte) 0);
        assertArrayEquals(SAMPLES, WavFile.read("unfinished.wav", wav).samples());
    }

    @ParameterizedTest
    @CsvSource({"3, 1, 16000, 16", "1, 3, 16000, 16", "1, 0, 16000, 16", "1, 1, 44100, 16", "1, 1, 16000, 8"})
    void refusesOtherFormatsAndSaysHowToConvert(int format, int channels, int rate, int bits) {
        byte[] wav = riff(format(format, channels, rate, bits), chunk("data", SAMPLES));
        SoundException e = assertThrows(SoundException.class, () -> WavFile.read("music.wav", wav));
        assertTrue(e.getMessage().contains("music.wav") && e.getMessage().contains("-ar 16000"), e.getMessage());
    }

    @ParameterizedTest
    @CsvSource({"8000, 1", "8000, 2", "16000, 1", "16000, 2", "32000, 1", "32000, 2", "48000, 1", "48000, 2"})
    void readsEveryRateMonoAndStereo(int rate, int channels) {
        WavFile wav = WavFile.read("any.wav", riff(format(1, channels, rate, 16), chunk("data", SAMPLES)));
        assertEquals(new PcmFormat(rate, channels), wav.format());
        assertArrayEquals(SAMPLES, wav.samples());
    }

    @Test
    void refusesWhatIsNoWavFile() {
        byte[] noData = riff(format(1, 1, 16_000, 16), chunk("LIST", SAMPLES));
        byte[] noFormat = riff(chunk("data", SAMPLES));
        byte[] empty = riff(format(1, 1, 16_000, 16), chunk("data", new byte[0]));
        for (byte[] bytes : new byte[][] {{}, noise(4, 5), noise(5, 500), noData, noFormat, empty}) {
            assertThrows(SoundException.class, () -> WavFile.read("bad.wav", bytes));
        }
        assertThrows(SoundException.class, () -> SoundSource.of(folder.resolve("missing.wav")));
        assertThrows(SoundException.class, () -> SoundSource.of(folder), "an empty folder");
    }

    @Test
    void everySpeakerOfAFolderIsFoundWhateverTheCase() throws Exception {
        Files.write(folder.resolve("jörg brückner.WAV"), WavBytes.file(SAMPLES));
        SoundSource source = SoundSource.of(folder);
        assertArrayEquals(SAMPLES, read(source.of("Jörg Brückner", 0), SAMPLES.length));
        assertArrayEquals(read(SoundSource.tones().of("Ana", 1), 640), read(source.of("Ana", 1), 640));
    }

    @Test
    void goesOnWhereItStoppedAndFromTheBeginningAfterTheEnd() {
        Sound sound = new Sound(SAMPLES);
        assertArrayEquals(Arrays.copyOf(SAMPLES, 640), read(sound, 640));
        byte[] next = read(sound, 2640);
        assertArrayEquals(Arrays.copyOfRange(SAMPLES, 640, 1000), Arrays.copyOf(next, 360));
        assertArrayEquals(SAMPLES, Arrays.copyOfRange(next, 360, 1360));
        assertArrayEquals(SAMPLES, Arrays.copyOfRange(next, 1360, 2360));
        assertArrayEquals(Arrays.copyOf(SAMPLES, 280), Arrays.copyOfRange(next, 2360, 2640));
    }

    @Test
    void realSpeechIsReadWhole() throws Exception {
        Path speech = Path.of("../shared/data/speech/jfk-16k-mono.wav");
        Assumptions.assumeTrue(Files.exists(speech), "the real speech is not beside this project");
        assertEquals(11 * 32_000, WavFile.read(speech).samples().length, 32_000);
    }

    @Test
    void everyVoiceHasAPitchOfItsOwn() {
        Set<Integer> pitches = new HashSet<>();
        for (int voice = 0; voice < Tones.VOICES; voice++) {
            pitches.add(crossings(Tones.voice(voice)));
        }
        assertTrue(pitches.size() > Tones.VOICES / 2, pitches.toString());
        assertNotEquals(Tones.pitch(0), Tones.pitch(1));
    }

    @Test
    void tonesRiseAndFallFourTimesASecondAndCloseTheirLoop() {
        byte[] loop = Tones.voice(0);
        int quarter = 8_000;
        for (int syllable = 0; syllable < 8; syllable++) {
            assertTrue(loudest(loop, syllable * quarter, 200) < 300, "quiet between syllables");
            assertTrue(loudest(loop, syllable * quarter + quarter / 2 - 400, 800) > 3000, "loud within");
        }
        assertTrue(Math.abs(sample(loop, loop.length - 2) - sample(loop, 0)) < 300, "no click where the loop closes");
    }

    private static byte[] read(Sound sound, int bytes) {
        byte[] frame = new byte[bytes];
        sound.peek(frame);
        sound.advance(bytes);
        return frame;
    }

    private static int crossings(byte[] loop) {
        int crossings = 0;
        for (int at = 2; at < loop.length; at += 2) {
            crossings += sample(loop, at - 2) < 0 && sample(loop, at) >= 0 ? 1 : 0;
        }
        return crossings;
    }

    private static int loudest(byte[] loop, int from, int length) {
        int loudest = 0;
        for (int at = from; at < from + length; at += 2) {
            loudest = Math.max(loudest, Math.abs(sample(loop, at)));
        }
        return loudest;
    }

    private static int sample(byte[] loop, int at) {
        return (short) ((loop[at] & 0xFF) | loop[at + 1] << 8);
    }
}
