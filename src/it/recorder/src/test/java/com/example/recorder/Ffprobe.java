package com.example.recorder;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** The judge of files. Fails where it is not installed. */
final class Ffprobe {
    private Ffprobe() {}

    /** These fields of a file's stream, separated by commas, in ffprobe's own order. Fails where it has anything to complain about. */
    static String of(Path file, String fields) throws Exception {
        Process process = new ProcessBuilder(
                        "ffprobe",
                        "-v",
                        "error",
                        "-count_frames",
                        "-show_entries",
                        "stream=" + fields,
                        "-of",
                        "csv=p=0",
                        file.toString())
                .redirectErrorStream(true)
                .start();
        String answer = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
        process.waitFor(30, TimeUnit.SECONDS);
        assertEquals(0, process.exitValue(), answer);
        return answer;
    }
}
