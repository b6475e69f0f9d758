package io.rtms.transcript;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.restassured.RestAssured;
import io.rtms.Service;
import io.rtms.transcript.relay.RelayClient;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.LongStream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The packaged application is killed in the middle of meetings and started again: whatever a reader had seen is there. */
class KilledServiceIT {
    private static final Set<String> ENTRIES =
            Set.of("transcript", "speaker", "participant", "sharing", "chat", "status");

    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource({"never, 20", "interval, 60", "always, 40"})
    void everyLineThatAReaderHadSeenIsThereAfterAKill(String fsync, int lines) throws Exception {
        Map<String, TreeMap<Long, JsonNode>> seen = new HashMap<>();
        try (Service service = Service.start(configuration(fsync, true));
                RelayClient reader = RelayClient.connect(service.port(), "?stream=*")) {
            await().atMost(Duration.ofSeconds(60)).until(() -> {
                note(reader.received(), seen);
                return count(seen, "transcript") >= lines;
            });
            service.kill();
            reader.awaitEnd();
            note(reader.received(), seen);
        }
        assertTrue(seen.size() >= 3, "several meetings were killed");
        try (Service service = Service.start(configuration(fsync, false))) {
            for (Map.Entry<String, TreeMap<Long, JsonNode>> stream : seen.entrySet()) {
                assertGoesOn(service.port(), stream.getKey(), stream.getValue());
            }
            service.stop();
        }
    }

    /** A reader that comes back with the last number it saw, and one that never was there. */
    private static void assertGoesOn(int port, String streamId, TreeMap<Long, JsonNode> seen) throws Exception {
        long last = seen.lastKey();
        assertEquals(LongStream.rangeClosed(1, last).boxed().toList(), List.copyOf(seen.keySet()));
        List<JsonNode> history = read(port, streamId, 0);
        assertEquals(
                List.copyOf(seen.values()), history.subList(0, (int) last), "the same lines with the same numbers");
        try (RelayClient reader = RelayClient.connect(port, "?stream=" + streamId + "&after=" + last)) {
            List<JsonNode> messages = reader.until("caughtUp");
            assertEquals(last, messages.get(1).path("after").asLong());
            List<JsonNode> missed = entries(messages);
            assertEquals(history.subList((int) last, history.size()), missed);
            long next =
                    1 + (missed.isEmpty() ? last : missed.getLast().path("seq").asLong());
            joinAgain(port, streamId);
            List<JsonNode> live = reader.untilSeq(streamId, next);
            assertEquals("joining", live.getLast().path("state").asText());
            assertFalse(live.stream().anyMatch(KilledServiceIT::isGap));
        }
    }

    /** Nobody listens there any more; but the stream begins to be joined, and says so. */
    private static void joinAgain(int port, String streamId) {
        RestAssured.given()
                .port(port)
                .header("Authorization", "Bearer test-token")
                .contentType("application/json")
                .body("{\"meeting_uuid\":\"m\",\"rtms_stream_id\":\"%s\",\"server_urls\":\"ws://127.0.0.1:1\"}"
                        .formatted(streamId))
                .post("/api/streams")
                .then()
                .statusCode(201);
    }

    private static List<JsonNode> read(int port, String streamId, long after) throws Exception {
        try (RelayClient reader = RelayClient.connect(port, "?stream=" + streamId + "&after=" + after)) {
            List<JsonNode> messages = reader.until("caughtUp");
            assertFalse(messages.stream().anyMatch(KilledServiceIT::isGap), "nothing is missing");
            return entries(messages);
        }
    }

    private static List<JsonNode> entries(List<JsonNode> messages) {
        return new ArrayList<>(messages.stream()
                .filter(message -> ENTRIES.contains(message.path("type").asText()))
                .toList());
    }

    private static boolean isGap(JsonNode message) {
        return message.path("type").asText().equals("gap");
    }

    private static void note(List<JsonNode> messages, Map<String, TreeMap<Long, JsonNode>> seen) {
        for (JsonNode entry : entries(messages)) {
            seen.computeIfAbsent(entry.path("streamId").asText(), id -> new TreeMap<>())
                    .put(entry.path("seq").asLong(), entry);
        }
    }

    private static long count(Map<String, TreeMap<Long, JsonNode>> seen, String type) {
        return seen.values().stream()
                .flatMap(stream -> stream.values().stream())
                .filter(entry -> entry.path("type").asText().equals(type))
                .count();
    }

    private Map<String, String> configuration(String fsync, boolean play) {
        return Map.ofEntries(
                Map.entry("rtms.transcripts.dir", folder.toString()),
                Map.entry("rtms.transcripts.fsync", fsync),
                Map.entry("rtms.transcripts.max-entries", "5"),
                Map.entry("rtms.access.tokens", "test-token"),
                Map.entry("rtms.simulator.enabled", "true"),
                Map.entry("rtms.simulator.autoplay", Boolean.toString(play)),
                Map.entry("rtms.simulator.meetings", "4"),
                Map.entry("rtms.simulator.speed", "20"),
                Map.entry("rtms.media.request", "transcript,chat"),
                Map.entry("rtms.stream.journal-dir", ""),
                Map.entry("rtms.events.request", "auto,sharing"));
    }
}
