package io.rtms.ops;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.rtms.Service;
import io.rtms.simulator.script.MeetingScript;
import java.io.IOException;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What the packaged program logs, set by the names of Zoom's SDK. */
class LogIT {
    private static final Path MEETING = Path.of("src/test/resources/short-meeting.vtt");
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String SECRET = "a-secret-that-nobody-may-read";

    @Test
    void everyLineIsAnObjectAndThoseOfAStreamHaveItsIdAtEveryLevelWithoutSecretsAndWords() throws Exception {
        try (Service service =
                Service.start(playing(), Map.of("ZM_RTMS_LOG_FORMAT", "json", "ZM_RTMS_LOG_LEVEL", "trace"))) {
            await().atMost(Duration.ofSeconds(60))
                    .until(() -> service.log().stream().anyMatch(line -> line.contains("is ended")));
            List<JsonNode> lines = new ArrayList<>();
            for (String line : service.log()) {
                if (!line.startsWith("WARNING: ")) { // the JVM's own
                    lines.add(parse(line));
                }
            }
            assertTrue(lines.stream()
                    .filter(line -> line.path("message").asText().startsWith("Stream "))
                    .allMatch(line -> line.path("message")
                            .asText()
                            .contains(line.path("mdc").path("streamId").asText("?"))));
            assertTrue(
                    lines.stream()
                            .anyMatch(line -> line.path("loggerName").asText().equals("io.rtms.engine")
                                    && line.path("level").asText().equals("DEBUG")
                                    && line.path("mdc").has("streamId")),
                    "the native side's lines go the same way");
            assertNothingSecret(service.log());
        }
    }

    @Test
    void turnedOffNothingIsLogged() throws Exception {
        Map<String, String> settings = playing();
        int port = Service.freePort();
        settings.put("quarkus.http.port", String.valueOf(port));
        try (Service service = Service.start(settings, Map.of("ZM_RTMS_LOG_ENABLED", "false"))) {
            await().atMost(Duration.ofSeconds(60)).until(() -> answers(port));
            assertEquals(
                    List.of(),
                    service.log().stream()
                            .filter(line -> !line.startsWith("WARNING: "))
                            .toList());
        }
    }

    private static boolean answers(int port) {
        try (Socket socket = new Socket("localhost", port)) {
            return socket.isConnected();
        } catch (IOException e) {
            return false;
        }
    }

    private static void assertNothingSecret(List<String> log) {
        for (String line : log) {
            assertFalse(line.contains(SECRET), line);
            MeetingScript.read(MEETING).cues().forEach(cue -> assertFalse(line.contains(cue.text()), line));
        }
    }

    private static JsonNode parse(String line) {
        try {
            return JSON.readTree(line);
        } catch (JsonProcessingException e) {
            throw new AssertionError("no JSON: " + line, e);
        }
    }

    private static Map<String, String> playing() {
        return new HashMap<>(Map.of(
                "rtms.simulator.enabled", "true",
                "rtms.simulator.meeting", MEETING.toAbsolutePath().toString(),
                "rtms.simulator.speed", "20",
                "rtms.app.client-id", "client",
                "rtms.app.client-secret", SECRET,
                "rtms.webhook.secrets", SECRET,
                "rtms.access.tokens", SECRET,
                "rtms.transcripts.dir", "",
                "rtms.stream.journal-dir", ""));
    }
}
