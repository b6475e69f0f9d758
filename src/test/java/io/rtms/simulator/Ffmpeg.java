package io.rtms.simulator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** The system's ffmpeg, ffprobe and espeak-ng: independent makers and judges of media. */
public final class Ffmpeg {
    private static final int PATIENCE_SECONDS = 60;

    private Ffmpeg() {}

    /** Runs ffmpeg; what it is to make comes last. */
    public static Path make(Path file, String... arguments) throws Exception {
        List<String> command = new ArrayList<>(List.of("ffmpeg", "-v", "error", "-nostdin", "-y"));
        command.addAll(List.of(arguments));
        command.add(file.toString());
        run(command);
        return file;
    }

    /** What ffprobe says of the first stream: these entries, comma separated, frames counted. */
    public static String probe(Path file, String entries) throws Exception {
        return run(List.of(
                        "ffprobe",
                        "-v",
                        "error",
                        "-count_frames",
                        "-select_streams",
                        "0",
                        "-show_entries",
                        "stream=" + entries,
                        "-of",
                        "csv=p=0",
                        file.toString()))
                .strip();
    }

    /** Somebody says something: a WAV file of espeak-ng, 22050 Hz. */
    public static Path say(Path wav, String text) throws Exception {
        run(List.of("espeak-ng", "-w", wav.toString(), text));
        return wav;
    }

    private static String run(List<String> command) throws Exception {
        Process process;
        try {
            process = new ProcessBuilder(command).redirectErrorStream(true).start();
        } catch (IOException e) {
            throw new IllegalStateException(
                    "No " + command.getFirst() + " for the tests: run `. native/env.sh --with-tests`", e);
        }
        CompletableFuture<byte[]> output = CompletableFuture.supplyAsync(() -> {
            try {
                return process.getInputStream().readAllBytes();
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
        });
        assertTrue(process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS), () -> command + " takes too long");
        String text = new String(output.get(PATIENCE_SECONDS, TimeUnit.SECONDS), StandardCharsets.UTF_8);
        assertEquals(0, process.exitValue(), () -> command + ": " + text);
        return text;
    }
}
