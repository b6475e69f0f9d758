package io.rtms.transcript.relay;

import static io.restassured.RestAssured.given;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.rtms.event.Passive;
import io.rtms.event.RtmsEvent;
import io.rtms.event.StopReason;
import io.rtms.event.StreamState;
import io.rtms.event.TranscriptDeleted;
import io.rtms.event.WebhookReceived;
import io.rtms.transcript.Meeting;
import jakarta.enterprise.event.Event;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** The relay and the exports when memory holds only the newest few entries of a stream, and the disk all of them. */
@QuarkusTest
@TestProfile(RelayFromDiskTest.OnDisk.class)
class RelayFromDiskTest {
    private static final int LINES = 1000;
    private static final Path FOLDER = temporary();

    public static final class OnDisk implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of("rtms.transcripts.dir", FOLDER.toString(), "rtms.transcripts.max-entries", "10");
        }
    }

    @Singleton
    public static class Observer {
        final Queue<TranscriptDeleted> deleted = new ConcurrentLinkedQueue<>();

        void onDeleted(@Observes TranscriptDeleted event) {
            deleted.add(event);
        }
    }

    @Inject
    @Passive
    Event<RtmsEvent> events;

    @Inject
    Event<WebhookReceived> webhooks;

    @Inject
    Observer observer;

    @TestHTTPResource
    URI server;

    private final Meeting meeting = Meeting.begin();

    @Test
    void readersGetHistoryFromDiskAndGoOnLive() throws Exception {
        say(LINES);
        try (RelayClient client = RelayClient.connect(server.getPort(), "?after=400&stream=" + meeting.id())) {
            List<JsonNode> history = client.until("caughtUp");
            assertEquals(seqs(401, LINES), seqsOf(history));
            assertFalse(history.stream().anyMatch(message -> message.has("crc")), "the checksum is the file's own");
            say(50);
            assertEquals(seqs(LINES + 1, LINES + 50), seqsOf(client.untilSeq(meeting.id(), LINES + 50)));
        }
    }

    /** Whoever reads it alone comes back later; whoever reads others too keeps those. */
    @Test
    void oneTranscriptThatCannotBeReadKeepsNoOtherFromBeingSent() throws Exception {
        say(LINES);
        Meeting unreadable = Meeting.begin();
        for (int i = 0; i < 100; i++) {
            events.fire(unreadable.says("line", i, io.rtms.event.TranscriptAttribute.NEW));
        }
        Path file = FOLDER.resolve(unreadable.id() + ".jsonl");
        Path aside = FOLDER.resolve("aside");
        Files.move(file, aside);
        Files.createDirectory(file);
        try (RelayClient both = RelayClient.connect(server.getPort(), "?stream=" + meeting.id())) {
            both.send("{\"type\":\"subscribe\",\"streamId\":\"%s\",\"after\":0}".formatted(unreadable.id()));
            List<JsonNode> history = both.untilSeq(meeting.id(), LINES);
            if (history.stream().noneMatch(RelayFromDiskTest::isError)) {
                history = both.until("error");
            }
            JsonNode error = history.stream()
                    .filter(RelayFromDiskTest::isError)
                    .findFirst()
                    .orElseThrow();
            assertTrue(error.path("message").asText().contains(unreadable.id()), () -> error.toString());
            say(1);
            assertEquals(List.of(LINES + 1L), seqsOf(both.untilSeq(meeting.id(), LINES + 1)));
        }
        try (RelayClient alone = RelayClient.connect(server.getPort(), "?after=0&stream=" + unreadable.id())) {
            assertEquals(1012, alone.closeCode());
        }
        Files.delete(file);
        Files.move(aside, file);
        try (RelayClient again = RelayClient.connect(server.getPort(), "?after=0&stream=" + unreadable.id())) {
            assertEquals(seqs(1, 100), seqsOf(again.until("caughtUp")));
        }
    }

    private static boolean isError(JsonNode message) {
        return message.path("type").asText().equals("error");
    }

    @Test
    void exportsHaveEverything() {
        say(LINES);
        String lines = given().header("Authorization", "Bearer test-token")
                .get("/api/streams/{id}/transcript?format=txt", meeting.id())
                .then()
                .statusCode(200)
                .extract()
                .asString();
        assertEquals(LINES, lines.lines().count());
        given().header("Authorization", "Bearer test-token")
                .get("/api/streams/{id}/transcript", meeting.id())
                .then()
                .body("size()", equalTo(LINES), "[0].seq", equalTo(1), "[0].crc", equalTo(null));
    }

    @Test
    void operatorsSeeThatTranscriptsAreOnDisk() {
        given().get("/q/health/well")
                .then()
                .statusCode(200)
                .body("checks.find { it.name == 'transcripts' }.data.kept", equalTo("on disk"));
        given().get("/q/health/ready").then().body("checks.name", org.hamcrest.Matchers.not(hasItem("transcripts")));
        String metrics = given().get("/q/metrics").asString();
        List.of(
                        "rtms_transcripts_disk_ok 1.0",
                        "rtms_transcripts_disk_errors_total 0.0",
                        "rtms_transcripts_deleted_total{cause=\"revoked\"}",
                        "rtms_transcripts_bytes ",
                        "rtms_transcripts_fsync_seconds_count")
                .forEach(name -> assertTrue(metrics.contains(name), name));
    }

    /** As it is after a restart: nobody here ever joined the stream. */
    @Test
    void aWebhookRevokesWhatWasKeptOfAStreamThatIsOver() throws IOException {
        say(20);
        events.fire(meeting.is(StreamState.ENDED));
        Path file = FOLDER.resolve(meeting.id() + ".jsonl");
        stopped("meeting.rtms_stopped", StopReason.MEETING_ENDED);
        stopped("meeting.something_else", StopReason.STREAM_REVOKED);
        assertTrue(Files.readString(file).contains("line 7"));
        stopped("meeting.rtms_stopped", StopReason.STREAM_REVOKED);
        await().until(() -> observer.deleted.stream()
                .anyMatch(deleted -> deleted.streamId().equals(meeting.id())
                        && deleted.why() == TranscriptDeleted.Why.REVOKED
                        && deleted.entries() == 21));
        assertFalse(Files.readString(file).contains("line 7"));
        given().header("Authorization", "Bearer test-token")
                .get("/api/streams/{id}/transcript", meeting.id())
                .then()
                .body("type", equalTo(List.of("gap", "status")))
                .body("[0].cause", equalTo("revoked"), "[0].toSeq", equalTo(21))
                .body("[1].reason.name", equalTo("STREAM_REVOKED"));
    }

    private void stopped(String event, StopReason reason) {
        webhooks.fire(new WebhookReceived(
                "default",
                event,
                Meeting.BEGIN,
                JsonNodeFactory.instance
                        .objectNode()
                        .put("meeting_uuid", "m")
                        .put("rtms_stream_id", meeting.id())
                        .put("stop_reason", reason.number())));
    }

    private void say(int count) {
        IntStream.rangeClosed(1, count)
                .forEach(i -> events.fire(meeting.says("line " + i, i, io.rtms.event.TranscriptAttribute.NEW)));
    }

    private static List<Long> seqs(long from, long to) {
        return LongStream.rangeClosed(from, to).boxed().toList();
    }

    private static List<Long> seqsOf(List<JsonNode> messages) {
        return messages.stream()
                .filter(message -> message.path("type").asText().equals("transcript"))
                .map(message -> message.path("seq").asLong())
                .toList();
    }

    private static Path temporary() {
        try {
            return Files.createTempDirectory("transcripts");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
