package com.example.recorder;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WavFileTest {
    private static final WavFormat FORMAT = new WavFormat(16_000, 1);
    private static final int FRAME_MS = 20;
    private static final int HEADER = 44;

    @TempDir
    Path folder;

    @Test
    void silenceIsWhereNothingWasSent() throws Exception {
        Path path = folder.resolve("a.wav");
        try (WavFile file = new WavFile(path, FORMAT)) {
            write(file, 0, 500);
            write(file, 2000, 2500);
        }
        assertEquals("pcm_s16le,16000,1,2.500000", Ffprobe.of(path, "codec_name,sample_rate,channels,duration"));
        assertTrue(isSilent(path, 500, 2000));
        assertArrayEquals(loud(500), part(path, 0, 500));
        assertArrayEquals(loud(500), part(path, 2000, 2500));
    }

    @Test
    void clocksMayJitter() throws Exception {
        Path path = folder.resolve("a.wav");
        try (WavFile file = new WavFile(path, FORMAT)) {
            for (int i = 0; i < 50; i++) {
                file.write(i * FRAME_MS + new int[] {0, 60, -9}[i % 3], loud(FRAME_MS));
            }
        }
        assertArrayEquals(loud(50 * FRAME_MS), part(path, 0, 50 * FRAME_MS));
    }

    @Test
    void whatComesAgainIsNotHeardTwice() throws Exception {
        Path path = folder.resolve("a.wav");
        try (WavFile file = new WavFile(path, FORMAT)) {
            write(file, 0, 2000);
            write(file, 1000, 3000);
        }
        assertEquals("3.000000", Ffprobe.of(path, "duration"));
        assertArrayEquals(loud(3000), part(path, 0, 3000));
    }

    @Test
    void aTimeFarAwayTakesNoRoom() throws Exception {
        Path path = folder.resolve("a.wav");
        try (WavFile file = new WavFile(path, FORMAT)) {
            write(file, 0, 1000);
            file.write(Long.MAX_VALUE / 1_000_000, loud(FRAME_MS));
            file.write(-1, loud(FRAME_MS));
        }
        assertEquals("1.000000", Ffprobe.of(path, "duration"));
    }

    /** As after a crash: it is never closed. */
    @Test
    void anUnfinishedFileHasAllButTheLastSecond() throws Exception {
        Path path = folder.resolve("a.wav");
        WavFile file = new WavFile(path, FORMAT);
        write(file, 0, 3900);
        double seconds = Double.parseDouble(Ffprobe.of(path, "duration"));
        assertTrue(seconds >= 2.9, () -> "it has " + seconds + " s");
        file.close();
    }

    private static void write(WavFile file, int fromMs, int toMs) throws Exception {
        for (int at = fromMs; at < toMs; at += FRAME_MS) {
            file.write(at, loud(FRAME_MS));
        }
    }

    private static byte[] loud(int millis) {
        byte[] samples = new byte[(int) FORMAT.bytesIn(millis)];
        Arrays.fill(samples, (byte) 1);
        return samples;
    }

    static byte[] part(Path file, int fromMs, int toMs) throws Exception {
        int from = HEADER + (int) FORMAT.bytesIn(fromMs);
        int to = HEADER + (int) FORMAT.bytesIn(toMs);
        return Arrays.copyOfRange(Files.readAllBytes(file), from, to);
    }

    static boolean isSilent(Path file, int fromMs, int toMs) throws Exception {
        byte[] part = part(file, fromMs, toMs);
        return Arrays.equals(part, new byte[part.length]);
    }
}
