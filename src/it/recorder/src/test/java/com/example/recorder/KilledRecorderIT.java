package com.example.recorder;

import static io.restassured.RestAssured.given;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.rtms.simulator.script.MeetingScript;
import java.io.BufferedReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the packaged extension has written when it is killed: {@code kill -9}, in the middle of a sentence. */
class KilledRecorderIT {
    private static final Pattern LISTENING = Pattern.compile("Listening on: (http://\\S+)");
    private static final Duration LONG = Duration.ofSeconds(60);

    @TempDir
    Path folder;

    private Process process;

    @AfterEach
    void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    @Test
    void everyFileCanBePlayed() throws Exception {
        String url = start();
        String streamId = given().baseUri(url)
                .header("Authorization", "Bearer it-token")
                .body(
                        Map.of(
                                "script",
                                "WEBVTT\n\n00:00.000 --> 00:02.000\n<v Ann>One.</v>\n\n00:02.000 --> 10:00.000\n<v Ann>Two.</v>\n"))
                .contentType("application/json")
                .post("/simulator/meetings")
                .then()
                .statusCode(201)
                .extract()
                .path("streamId");
        Path recording = folder.resolve("recordings").resolve(streamId);
        await().atMost(LONG).until(() -> bytes(recording, ".wav") > 3 * 32_000);
        kill();
        assertEquals("pcm_s16le,16000,1", Ffprobe.of(file(recording, ".wav"), "codec_name,sample_rate,channels"));
        assertTrue(Double.parseDouble(Ffprobe.of(file(recording, ".wav"), "duration")) >= 2);
        assertTrue(Ffprobe.of(file(recording, ".h264"), "codec_name,width").startsWith("h264,1280"));
        assertFalse(MeetingScript.read(file(recording, ".vtt")).cues().isEmpty());
    }

    /** Starts it and returns its address. */
    private String start() throws Exception {
        process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Dquarkus.http.port=0",
                        "-Dquarkus.http.host=localhost",
                        "-Drecorder.dir=" + folder.resolve("recordings"),
                        "-Drtms.simulator.enabled=true",
                        "-Drtms.simulator.autoplay=false",
                        "-Drtms.access.tokens=it-token",
                        "-Drtms.transcripts.dir=",
                        "-Drtms.stream.journal-dir=",
                        "-jar",
                        Path.of("target/quarkus-app/quarkus-run.jar")
                                .toAbsolutePath()
                                .toString())
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .start();
        BufferedReader log = process.inputReader(StandardCharsets.UTF_8);
        for (String line = log.readLine(); line != null; line = log.readLine()) {
            System.out.println(line);
            Matcher listening = LISTENING.matcher(line);
            if (listening.find()) {
                Thread.ofVirtual().start(() -> log.lines().forEach(System.out::println));
                return listening.group(1);
            }
        }
        throw new AssertionError("it ended before it listened");
    }

    private static long bytes(Path recording, String ending) throws Exception {
        return Files.isDirectory(recording) && !files(recording, ending).isEmpty()
                ? Files.size(file(recording, ending))
                : 0;
    }

    private static Path file(Path recording, String ending) throws Exception {
        return files(recording, ending).getFirst();
    }

    private static List<Path> files(Path recording, String ending) throws Exception {
        try (Stream<Path> files = Files.list(recording)) {
            return files.filter(file -> file.toString().endsWith(ending)).toList();
        }
    }
}
