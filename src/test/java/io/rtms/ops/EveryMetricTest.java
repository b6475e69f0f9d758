package io.rtms.ops;

import static io.restassured.RestAssured.given;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.rtms.Standstill;
import io.rtms.Turns;
import io.rtms.event.Cause;
import io.rtms.event.StreamState;
import io.rtms.media.MediaType;
import io.rtms.simulator.PlayOptions;
import io.rtms.simulator.SimulatedMeeting;
import io.rtms.simulator.Simulator;
import io.rtms.simulator.fault.Fault;
import io.rtms.transcript.TranscriptLogs;
import io.rtms.transcript.log.TranscriptEntry;
import jakarta.inject.Inject;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** In one run every metric that is promised moves, and none has labels without end. */
@QuarkusTest
@TestProfile(Watched.class)
class EveryMetricTest {
    private static final int MOST_VALUES = 50;
    private static final int LINES = 40;
    /** More than the buffers of a socket take. */
    private static final int LONG_TEXT = 8_192;

    private static final int MANY = 6_000;

    /** As Prometheus names them; of timers the count stands for all. */
    private static final Set<String> PROMISED = Set.of(
            "rtms_streams",
            "rtms_joins_total",
            "rtms_join_seconds_count",
            "rtms_frames_total",
            "rtms_media_bytes_total",
            "rtms_frame_latency_seconds_count",
            "rtms_frames_dropped_total",
            "rtms_ring_fill_ratio",
            "rtms_loop_streams",
            "rtms_reconnects_total",
            "rtms_webhooks_total",
            "rtms_webhook_seconds_count",
            "rtms_signature_failures_total",
            "rtms_keepalive_age_seconds",
            "rtms_transcripts_total",
            "rtms_relay_connections",
            "rtms_relay_lag_entries",
            "rtms_relay_sent_total");

    /** Prometheus sees no increase in what comes with its first event. */
    private static final Set<String> FROM_THE_START = Set.of(
            "rtms_joins_total{result=\"failed\"}",
            "rtms_reconnects_total{result=\"failed\",scenario=\"media\"}",
            "rtms_frames_dropped_total{cause=\"slow_observer\",kind=\"audio\"}",
            "rtms_webhook_failures_total",
            "rtms_signature_failures_total{app=\"default\"}",
            "rtms_access_refused_total{reason=\"no_token\"}");

    @Inject
    Simulator simulator;

    @Inject
    Standstill standstill;

    @Inject
    TranscriptLogs logs;

    @TestHTTPResource("/")
    URI root;

    private final Set<String> moved = new TreeSet<>();

    @Test
    void everyPromisedMetricMovesAndNoLabelTakesManyValues() throws Exception {
        Scrape before = Scrape.now();
        given().header("x-zm-signature", "v0=00")
                .header("x-zm-request-timestamp", "1")
                .body("{}")
                .post("/webhook")
                .then()
                .statusCode(401);
        HttpClient http = HttpClient.newHttpClient();
        try {
            WebSocket attentive = reader(http, "*", Long.MAX_VALUE);
            SimulatedMeeting slow =
                    simulator.play(Turns.script(LINES), PlayOptions.defaults().withSpeed(4));
            standstill.streamId = slow.streamId();
            assertTrue(standstill.began.await(20, TimeUnit.SECONDS), "an observer stands still");
            SimulatedMeeting broken =
                    simulator.play(Turns.script(LINES), PlayOptions.defaults().withSpeed(4));
            await().until(() -> !broken.mediaHandshakes().isEmpty());
            broken.apply(new Fault.DropMedia(MediaType.AUDIO));
            WebSocket deaf = deafReader(http);
            await().atMost(Duration.ofSeconds(60)).until(() -> {
                note(before);
                return slow.awaitEnd(Duration.ofMillis(1)).isPresent();
            });
            standstill.goOn.countDown();
            await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> {
                note(before);
                assertEquals(Set.of(), missing());
            });
            attentive.abort();
            deaf.abort();
        } finally {
            standstill.goOn.countDown();
            http.shutdownNow();
        }
        Map<String, Set<String>> tooMany = Scrape.now().labels().entrySet().stream()
                .filter(label -> label.getValue().size() > MOST_VALUES)
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
        assertEquals(Map.of(), tooMany);
    }

    @Test
    void whatAlertsWaitForIsThereBeforeItHappens() {
        String scrape = given().get("/q/metrics").then().extract().asString();
        FROM_THE_START.forEach(series -> assertTrue(scrape.contains("\n" + series + " "), series));
    }

    private Set<String> missing() {
        Set<String> missing = new TreeSet<>(PROMISED);
        missing.removeAll(moved);
        return missing;
    }

    private void note(Scrape before) {
        Scrape now = Scrape.now();
        for (String metric : PROMISED) {
            if (!now.of(metric).equals(before.of(metric))) {
                moved.add(metric);
            }
        }
    }

    /** It subscribes to a long transcript and reads nothing of it. */
    private WebSocket deafReader(HttpClient http) throws Exception {
        String stream = "long-transcript";
        TranscriptEntry entry = new TranscriptEntry.Status(
                StreamState.LIVE, new Cause(0, "", "x".repeat(LONG_TEXT), false), System.currentTimeMillis());
        for (int i = 0; i < MANY; i++) {
            logs.append(stream, entry);
        }
        return reader(http, stream + "&after=0", 0);
    }

    /** @param messages how many it takes */
    private WebSocket reader(HttpClient http, String subscription, long messages) throws Exception {
        URI url = URI.create("ws://%s:%d/ws/transcripts?token=test-token&stream=%s"
                .formatted(root.getHost(), root.getPort(), subscription));
        return http.newWebSocketBuilder()
                .buildAsync(url, new WebSocket.Listener() {
                    @Override
                    public void onOpen(WebSocket socket) {
                        if (messages > 0) {
                            socket.request(messages);
                        }
                    }
                })
                .get(10, TimeUnit.SECONDS);
    }
}
