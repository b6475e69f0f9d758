package io.rtms.ops.doctor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.rtms.RtmsMain;
import io.rtms.Service;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** {@code --check} of the packaged program, for configurations that are broken each in a way of its own; what it prints is kept in {@code target/doctor}. */
class DoctorIT {
    private static final Path OUTPUTS = Path.of("target/doctor");
    private static final String SECRET = "a-secret-that-nobody-may-read";

    @TempDir
    static Path folder;

    @BeforeAll
    static void makeFiles() throws IOException {
        Files.createDirectories(OUTPUTS);
        Files.writeString(folder.resolve("no.pem"), "this is no certificate");
        Files.createDirectory(folder.resolve("empty"));
    }

    static Stream<Arguments> brokenConfigurations() {
        return Stream.of(
                broken("credentials", Map.of("rtms.app.client-secret", ""), "No stream can be joined"),
                broken("webhook-secret", Map.of("rtms.webhook.secrets", ""), "Every webhook is refused"),
                broken("authorities-missing", Map.of("rtms.tls.ca", "nowhere.pem"), "nowhere.pem cannot be read"),
                broken("authorities-wrong", Map.of("rtms.tls.ca", "no.pem"), "no PEM file of certificates"),
                broken("library", Map.of("rtms.native.dir", "empty"), "there is no librtms.so"),
                broken("zoom-engine", Map.of("rtms.engine", "zoom"), "there is no librtms_zoom.so"),
                broken("folder", Map.of("rtms.transcripts.dir", "no.pem/transcripts"), "is no folder"),
                broken("webhook-path", Map.of("rtms.webhook.path", "/api/hook"), "cannot be the path of webhooks"),
                broken("value", Map.of("rtms.stream.give-up-after", "soon"), "give-up-after"),
                broken(
                        "media",
                        Map.of("rtms.media.audio.codec", "G722", "rtms.media.audio.sample-rate", "SR_48K"),
                        "audio.sampleRate"),
                broken("mistyped", Map.of("rtms.webhook.maxage", "90M"), "rtms.webhook.max-age"),
                broken("proxy", Map.of("rtms.app.proxy", "proxy.example.com:3128"), "Its proxy is no http://"));
    }

    private static Arguments broken(String name, Map<String, String> settings, String expected) {
        return Arguments.of(name, settings, expected);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("brokenConfigurations")
    void whatIsBrokenIsNamedWithItsRemedyAndNoSecret(String name, Map<String, String> settings, String expected)
            throws Exception {
        Service.Outcome outcome = check(settings);
        Files.writeString(OUTPUTS.resolve(name + ".txt"), outcome.output());
        assertEquals(1, outcome.status(), outcome.output());
        List<String> failures =
                outcome.output().lines().filter(line -> line.startsWith("FAIL")).toList();
        assertEquals(1, failures.size(), outcome.output());
        assertTrue(outcome.output().contains(expected), outcome.output());
        assertFalse(outcome.output().contains(SECRET), outcome.output());
    }

    @Test
    void whereNothingIsBrokenTheStatusIsZeroAndNothingIsLeftBehind() throws Exception {
        Path temporary = Files.createDirectory(folder.resolve("tmp"));
        Service.Outcome outcome = check(Map.of("java.io.tmpdir", temporary.toString()));
        Files.writeString(OUTPUTS.resolve("good.txt"), outcome.output());
        assertEquals(0, outcome.status(), outcome.output());
        assertFalse(outcome.output().contains("FAIL"), outcome.output());
        assertFalse(outcome.output().contains(SECRET), outcome.output());
        assertFalse(Files.exists(folder.resolve("data")), "a check makes no folders");
        try (Stream<Path> left = Files.list(temporary)) {
            assertEquals(
                    List.of(),
                    left.filter(file -> file.getFileName().toString().startsWith("rtms-"))
                            .toList());
        }
    }

    @Test
    void anOptionThatThereIsNotIsSaidSo() throws Exception {
        Service.Outcome outcome = Service.run(settings(), "--chekc");
        assertEquals(RtmsMain.USAGE, outcome.status());
        assertTrue(outcome.output().contains("--chekc is no option"), outcome.output());
    }

    private static Service.Outcome check(Map<String, String> settings) throws Exception {
        Map<String, String> all = settings();
        settings.forEach(
                (key, value) -> all.put(key, isFile(key) ? folder.resolve(value).toString() : value));
        return Service.run(all, "--check");
    }

    private static boolean isFile(String key) {
        return List.of("rtms.tls.ca", "rtms.native.dir", "rtms.transcripts.dir").contains(key);
    }

    /** All is well with these. */
    private static Map<String, String> settings() {
        return new HashMap<>(Map.of(
                "rtms.app.client-id",
                "client",
                "rtms.app.client-secret",
                SECRET,
                "rtms.webhook.secrets",
                SECRET,
                "rtms.access.tokens",
                SECRET,
                "quarkus.http.port",
                "0",
                "rtms.transcripts.dir",
                folder.resolve("data/transcripts").toString(),
                "rtms.stream.journal-dir",
                folder.resolve("data/streams").toString()));
    }
}
