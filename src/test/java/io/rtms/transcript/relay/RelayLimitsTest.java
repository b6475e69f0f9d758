package io.rtms.transcript.relay;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.rtms.event.Passive;
import io.rtms.event.RtmsEvent;
import io.rtms.event.StreamState;
import io.rtms.transcript.Meeting;
import io.rtms.transcript.TranscriptLogs;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What happens at the relay's limits, with limits that a test can reach. */
@QuarkusTest
@TestProfile(RelayLimitsTest.TightLimits.class)
class RelayLimitsTest {
    private static final int ENTRIES = 50_000;
    private static final int KEPT = 60_000;
    private static final int STEP = 5_000;

    public static final class TightLimits implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of(
                    "rtms.transcripts.max-entries", Integer.toString(KEPT),
                    "rtms.transcripts.keep-ended", "300MS",
                    "rtms.relay.heartbeat", "200MS",
                    "rtms.relay.subscribe-timeout", "400MS",
                    "rtms.relay.send-timeout", "30S",
                    "rtms.relay.max-connections", "3");
        }
    }

    @Inject
    @Passive
    Event<RtmsEvent> events;

    @Inject
    TranscriptLogs logs;

    @Inject
    MeterRegistry metrics;

    @TestHTTPResource
    URI server;

    private final Meeting meeting = Meeting.begin();

    @BeforeEach
    void othersAreGone() {
        await().atMost(Duration.ofSeconds(20)).until(() -> gauge("rtms.relay.connections") == 0);
    }

    @Test
    void closesConnectionsThatSubscribeToNothing() throws Exception {
        try (RelayClient client = connect("")) {
            client.next("hello");
            assertEquals(4408, client.closeCode());
        }
    }

    @Test
    void aQuietConnectionHearsAPing() throws Exception {
        events.fire(meeting.says("hello"));
        try (RelayClient client = connect("?stream=" + meeting.id())) {
            client.until("caughtUp");
            for (int i = 0; i < 5; i++) {
                client.next("pong");
            }
        }
    }

    /** Nothing asked it for a sign of life while entries came. */
    @Test
    void aConnectionThatWasBusyForLongIsPingedBeforeItIsClosed() throws Exception {
        events.fire(meeting.says("hello"));
        try (RelayClient client = connect("?stream=" + meeting.id())) {
            client.until("caughtUp");
            long busyUntil = System.nanoTime() + Duration.ofSeconds(1).toNanos();
            await().pollInterval(Duration.ofMillis(50))
                    .atMost(Duration.ofSeconds(20))
                    .until(() -> {
                        events.fire(meeting.says("more"));
                        return System.nanoTime() > busyUntil;
                    });
            client.until("pong");
            client.next("pong");
        }
    }

    @Test
    void closesAConnectionThatAnswersNoPings() throws Exception {
        events.fire(meeting.says("hello"));
        try (RelayClient client = connect("?stream=" + meeting.id())) {
            client.until("caughtUp");
            client.stall();
            await().atMost(Duration.ofSeconds(20)).until(() -> gauge("rtms.relay.connections") == 0);
        }
    }

    @Test
    void turnsTheNextOneAwayWhenThereAreTooMany() throws Exception {
        events.fire(meeting.says("hello"));
        try (RelayClient one = connect("?stream=*");
                RelayClient two = connect("?stream=*");
                RelayClient three = connect("?stream=*")) {
            for (RelayClient client : List.of(one, two, three)) {
                client.until("caughtUp");
            }
            assertEquals(3, gauge("rtms.relay.connections"));
            try (RelayClient four = connect("?stream=*")) {
                assertTrue(four.next("error").path("retryAfterMs").asLong() > 0);
                assertEquals(4429, four.closeCode());
            }
        }
    }

    @Test
    void aStalledReaderDelaysNobodyAndHearsOfWhatItMissed() throws Exception {
        events.fire(meeting.says("hello"));
        try (RelayClient stalled = connect("?stream=" + meeting.id());
                RelayClient other = connect("?stream=" + meeting.id())) {
            stalled.until("caughtUp");
            other.until("caughtUp");
            stalled.stall();
            String text = "x".repeat(500);
            int read = 0;
            for (int i = 1; i <= ENTRIES; i++) {
                events.fire(meeting.says(text));
                if (i % STEP == 0) { // no further ahead of it than is kept, however slow this machine is
                    read += (int) other.untilSeq(meeting.id(), i + 1L).stream()
                            .filter(RelayLimitsTest::isTranscript)
                            .count();
                }
            }
            assertEquals(ENTRIES, read);
            long lag = gauge("rtms.relay.lag.entries");
            assertTrue(lag > ENTRIES / 2, "the stalled one is behind: " + lag);

            // Entries that it never took are evicted; it is told so, and misses nothing else.
            for (int i = 0; i < KEPT; i++) {
                events.fire(meeting.says(text));
            }
            stalled.resume();
            long expected = 2;
            boolean told = false;
            for (JsonNode message : stalled.untilSeq(meeting.id(), 1L + ENTRIES + KEPT)) {
                if (isTranscript(message)) {
                    assertEquals(expected++, message.path("seq").asLong());
                } else if (message.path("type").asText().equals("gap")) {
                    assertEquals(expected, message.path("fromSeq").asLong());
                    assertEquals("evicted", message.path("cause").asText());
                    expected = message.path("toSeq").asLong() + 1;
                    told = true;
                }
            }
            assertTrue(told, "there was a gap");
        }
    }

    @Test
    void anEndedStreamIsForgottenAfterAWhile() throws Exception {
        events.fire(meeting.is(StreamState.ENDED));
        assertTrue(logs.find(meeting.id()).isPresent());
        await().atMost(Duration.ofSeconds(10))
                .until(() -> logs.find(meeting.id()).isEmpty());
    }

    @Test
    void aStreamThatIsJoinedAgainIsKept() throws Exception {
        Meeting ended = Meeting.begin();
        events.fire(meeting.is(StreamState.ENDED));
        events.fire(meeting.is(StreamState.JOINING));
        events.fire(ended.is(StreamState.ENDED));
        await().atMost(Duration.ofSeconds(10)).until(() -> logs.find(ended.id()).isEmpty());
        assertEquals(2, logs.find(meeting.id()).orElseThrow().lastSeq());
    }

    private static boolean isTranscript(JsonNode message) {
        return message.path("type").asText().equals("transcript");
    }

    private RelayClient connect(String query) {
        return RelayClient.connect(server.getPort(), query);
    }

    private long gauge(String name) {
        return (long) metrics.get(name).gauge().value();
    }
}
