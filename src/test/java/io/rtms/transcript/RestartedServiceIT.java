package io.rtms.transcript;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.rtms.Service;
import io.rtms.Turns;
import io.rtms.event.StopReason;
import io.rtms.simulator.PlayOptions;
import io.rtms.simulator.SimulatedMeeting;
import io.rtms.simulator.SimulatedZoom;
import io.rtms.transcript.relay.RelayClient;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The packaged application goes away in the middle of a meeting and comes back, while Zoom is somewhere else and goes on: the stream is joined
 * again, and a reader that comes back with the last number it saw has every line once.
 */
class RestartedServiceIT {
    private static final int LINES = 120;

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aMeetingOutlivesItsService(boolean killed) throws Exception {
        int port = Service.freePort();
        try (SimulatedZoom zoom = zoom(port)) {
            SimulatedMeeting meeting;
            List<JsonNode> seen = new ArrayList<>();
            try (Service service = Service.start(configuration(port, "release"))) {
                assertEquals(port, service.port());
                meeting = play(zoom);
                try (RelayClient reader = follow(port, meeting, 0)) {
                    awaitThat(reader, seen, () -> lines(seen).size() >= 30);
                    if (killed) {
                        service.kill();
                        reader.awaitEnd();
                    } else {
                        service.stop();
                        assertEquals(1012, reader.closeCode());
                    }
                    seen.addAll(entries(reader.received()));
                }
            }
            long last = seen.getLast().path("seq").asLong();
            try (Service service = Service.start(configuration(port, "release"));
                    RelayClient reader = follow(service.port(), meeting, last)) {
                List<JsonNode> all = new ArrayList<>(seen);
                awaitThat(reader, all, () -> isEnded(all));
                assertEquals(
                        LongStream.rangeClosed(1, all.size()).boxed().toList(),
                        all.stream().map(entry -> entry.path("seq").asLong()).toList(),
                        "every number once, in order");
                assertEquals(Turns.texts(LINES), lines(all));
            }
            assertEquals(Optional.of(StopReason.MEETING_ENDED), meeting.awaitEnd(Duration.ofSeconds(10)));
            assertEquals(2, meeting.signalingHandshakes());
        }
    }

    @Test
    void aServiceThatIsToLeaveItsStreamsTellsZoom() throws Exception {
        int port = Service.freePort();
        try (SimulatedZoom zoom = zoom(port)) {
            SimulatedMeeting meeting;
            try (Service service = Service.start(configuration(port, "leave"))) {
                service.port();
                meeting = play(zoom);
                try (RelayClient reader = follow(port, meeting, 0)) {
                    List<JsonNode> seen = new ArrayList<>();
                    awaitThat(reader, seen, () -> lines(seen).size() >= 5);
                }
                service.stop();
            }
            assertEquals(Optional.of(StopReason.RECEIVER_REQUEST_CLOSE), meeting.awaitEnd(Duration.ofSeconds(10)));
            try (Service service = Service.start(configuration(port, "leave"));
                    RelayClient reader = follow(service.port(), meeting, 0)) {
                List<JsonNode> messages = reader.until("caughtUp");
                assertTrue(isEnded(messages), "what was said last was written down");
                assertEquals(1, meeting.signalingHandshakes());
            }
        }
    }

    private static SimulatedMeeting play(SimulatedZoom zoom) {
        return zoom.simulator()
                .play(
                        Turns.script(LINES),
                        PlayOptions.defaults()
                                .withSpeed(8)
                                .withKeptTranscripts(true)
                                .withOverlap(Duration.ofSeconds(2)));
    }

    private static RelayClient follow(int port, SimulatedMeeting meeting, long after) throws Exception {
        // The stream may not be known yet just after its webhook.
        return RelayClient.connect(
                port, after == 0 ? "?stream=*" : "?stream=" + meeting.streamId() + "&after=" + after);
    }

    /** Collects what comes until something holds of it. */
    private static void awaitThat(RelayClient reader, List<JsonNode> entries, BooleanSupplier holds) {
        await().atMost(Duration.ofSeconds(60)).until(() -> {
            entries.addAll(entries(reader.received()));
            return holds.getAsBoolean();
        });
    }

    private static List<JsonNode> entries(List<JsonNode> messages) {
        return messages.stream()
                .filter(message -> message.has("seq")
                        && !message.path("type").asText().equals("caughtUp")
                        && !message.path("type").asText().equals("gap"))
                .toList();
    }

    private static List<String> lines(List<JsonNode> messages) {
        return messages.stream()
                .filter(message -> message.path("type").asText().equals("transcript"))
                .map(message -> message.path("text").asText())
                .toList();
    }

    private static boolean isEnded(List<JsonNode> messages) {
        return messages.stream()
                .anyMatch(message -> message.path("state").asText().equals("ended"));
    }

    private Map<String, String> configuration(int port, String shutdown) {
        Map<String, String> configuration = new HashMap<>(SimulatedZoom.credentials());
        configuration.putAll(Map.of(
                "quarkus.http.port",
                Integer.toString(port),
                "rtms.simulator.enabled",
                "true", // lets it dial this machine
                "rtms.simulator.autoplay",
                "false",
                "rtms.access.tokens",
                "test-token",
                "rtms.media.request",
                "auto,audio",
                "rtms.shutdown.streams",
                shutdown,
                "rtms.transcripts.dir",
                folder.resolve("transcripts").toString(),
                "rtms.stream.journal-dir",
                folder.resolve("streams").toString()));
        return configuration;
    }

    private static SimulatedZoom zoom(int port) {
        return new SimulatedZoom("webhook-url", "http://localhost:" + port + "/webhook");
    }
}
