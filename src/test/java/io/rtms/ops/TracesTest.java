package io.rtms.ops;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.sdk.testing.exporter.InMemorySpanExporter;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.rtms.Turns;
import io.rtms.event.StatusCode;
import io.rtms.event.StopReason;
import io.rtms.simulator.PlayOptions;
import io.rtms.simulator.SimulatedMeeting;
import io.rtms.simulator.Simulator;
import io.rtms.simulator.fault.Refusal;
import jakarta.inject.Inject;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** From the webhook to the first reader, each step is a span of the webhook's trace. */
@QuarkusTest
@TestProfile(Watched.class)
class TracesTest {
    private static final AttributeKey<String> STREAM = AttributeKey.stringKey("rtms.stream_id");

    @Inject
    Simulator simulator;

    @Inject
    InMemorySpanExporter exporter;

    @TestHTTPResource("/")
    URI root;

    @Test
    void theWayFromTheWebhookToTheFirstReaderIsOneTrace() throws Exception {
        HttpClient http = HttpClient.newHttpClient();
        try {
            WebSocket reader = http.newWebSocketBuilder()
                    .buildAsync(
                            URI.create("ws://%s:%d/ws/transcripts?token=test-token&stream=*"
                                    .formatted(root.getHost(), root.getPort())),
                            new WebSocket.Listener() {})
                    .get(10, TimeUnit.SECONDS);
            SimulatedMeeting meeting =
                    simulator.play(Turns.script(3), PlayOptions.defaults().withSpeed(20));
            await().atMost(Duration.ofSeconds(30))
                    .until(() -> span("rtms.first-relay", meeting).isPresent());
            reader.abort();
            SpanData join = span("rtms.join", meeting).orElseThrow();
            SpanData media = span("rtms.first-media", meeting).orElseThrow();
            SpanData relay = span("rtms.first-relay", meeting).orElseThrow();
            assertEquals(
                    io.opentelemetry.api.trace.StatusCode.UNSET,
                    join.getStatus().getStatusCode());
            assertTrue(join.getEndEpochNanos() <= media.getStartEpochNanos());
            assertTrue(List.of("transcript", "audio", "video")
                    .contains(media.getAttributes().get(AttributeKey.stringKey("rtms.media"))));
            SpanData webhook = await().atMost(Duration.ofSeconds(10))
                    .until(
                            () -> all().stream()
                                    .filter(span -> span.getSpanId().equals(join.getParentSpanId()))
                                    .findFirst(),
                            Optional::isPresent)
                    .orElseThrow();
            assertEquals("POST /webhook", webhook.getName());
            for (SpanData span : List.of(media, relay)) {
                assertEquals(webhook.getSpanContext().getTraceId(), span.getTraceId());
            }
        } finally {
            http.shutdownNow();
        }
    }

    @Test
    void aStreamThatCannotBeJoinedIsAnErrorInItsTrace() {
        SimulatedMeeting meeting = simulator.play(
                Turns.script(1),
                PlayOptions.defaults()
                        .withRefusals(Refusal.of(Refusal.Request.SIGNALING_HANDSHAKE, StatusCode.INVALID_SIGNATURE)));
        await().atMost(Duration.ofSeconds(30))
                .until(() -> span("rtms.join", meeting).isPresent());
        assertEquals(
                io.opentelemetry.api.trace.StatusCode.ERROR,
                span("rtms.join", meeting).orElseThrow().getStatus().getStatusCode());
        assertTrue(span("rtms.first-media", meeting).isEmpty());
        meeting.stop(StopReason.MEETING_ENDED);
    }

    private Optional<SpanData> span(String name, SimulatedMeeting meeting) {
        return all().stream()
                .filter(span -> span.getName().equals(name))
                .filter(span -> meeting.streamId().equals(span.getAttributes().get(STREAM)))
                .findFirst();
    }

    private List<SpanData> all() {
        return exporter.getFinishedSpanItems();
    }
}
