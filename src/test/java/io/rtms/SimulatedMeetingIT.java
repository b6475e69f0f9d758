package io.rtms;

import static io.restassured.RestAssured.given;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusIntegrationTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.restassured.specification.RequestSpecification;
import io.rtms.media.MediaType;
import io.rtms.simulator.script.MeetingScript;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The packaged application, jar or native executable, plays a meeting: webhook, native library, ring, events, relay. */
@QuarkusIntegrationTest
@TestProfile(SimulatedMeetingIT.Playing.class)
class SimulatedMeetingIT {
    private static final Path MEETING = Path.of("src/test/resources/short-meeting.vtt");
    private static final Path HAPPENINGS = Path.of("src/test/resources/short-meeting-happenings.jsonl");
    private static final ObjectMapper JSON = new ObjectMapper();

    @TestHTTPResource("/")
    URI root;

    @Test
    void everyLineReachesTheRelayOnceInOrder() throws Exception {
        Messages messages = new Messages();
        try (HttpClient http = HttpClient.newHttpClient()) {
            URI socket = URI.create(
                    "ws://%s:%d/ws/transcripts?token=it-token&stream=*".formatted(root.getHost(), root.getPort()));
            WebSocket client =
                    http.newWebSocketBuilder().buildAsync(socket, messages).get(10, TimeUnit.SECONDS);
            await().atMost(Duration.ofSeconds(60)).until(() -> messages.endedStream() != null);
            client.sendClose(WebSocket.NORMAL_CLOSURE, "").get(10, TimeUnit.SECONDS);
            client.abort();
        }
        List<JsonNode> stream = messages.of(messages.endedStream());
        List<String> expected = MeetingScript.read(MEETING).cues().stream()
                .map(cue -> cue.speaker() + ": " + cue.text())
                .toList();
        assertEquals(
                expected,
                stream.stream()
                        .filter(message -> message.path("type").asText().equals("transcript"))
                        .map(message -> message.path("speaker").path("name").asText() + ": "
                                + message.path("text").asText())
                        .toList());
        List<Long> numbers = stream.stream()
                .filter(message ->
                        message.has("seq") && !message.path("type").asText().equals("caughtUp"))
                .map(message -> message.path("seq").asLong())
                .toList();
        assertEquals(LongStream.rangeClosed(1, numbers.size()).boxed().toList(), numbers);
    }

    @ParameterizedTest
    @EnumSource
    void framesOfEveryMediumArrive(MediaType type) {
        String name = "rtms_frames_total{kind=\"%s\"}".formatted(type.label());
        await().atMost(Duration.ofSeconds(60)).untilAsserted(() -> assertTrue(metric(name) > 0, name));
    }

    @Test
    void sharingAndChatReachTheRelay() throws Exception {
        Messages messages = new Messages();
        try (HttpClient http = HttpClient.newHttpClient()) {
            URI socket = URI.create(
                    "ws://%s:%d/ws/transcripts?token=it-token&stream=*".formatted(root.getHost(), root.getPort()));
            WebSocket client =
                    http.newWebSocketBuilder().buildAsync(socket, messages).get(10, TimeUnit.SECONDS);
            await().atMost(Duration.ofSeconds(60)).until(() -> messages.endedStream() != null);
            client.abort();
        }
        List<String> types = messages.of(messages.endedStream()).stream()
                .map(message -> message.path("type").asText())
                .toList();
        assertTrue(types.contains("chat") && types.contains("sharing"), types.toString());
    }

    @Test
    void howZoomSendsEachMediumAndWhoIsThereStandInTheApi() {
        await().atMost(Duration.ofSeconds(60)).untilAsserted(() -> {
            String live = api().get("/api/streams").then().extract().path("find { it.state == 'live' }.streamId");
            assertNotNull(live, "a meeting is live");
            api().get("/api/streams/{id}", live)
                    .then()
                    .body("parameters.audio.codec", equalTo(4), "parameters.video.codec", equalTo(7));
            api().get("/api/streams/{id}/participants", live).then().body("name", hasItem("Ines"));
        });
    }

    private static RequestSpecification api() {
        return given().header("Authorization", "Bearer it-token");
    }

    @Test
    void isAliveAndReady() {
        given().get("/q/health/live").then().statusCode(200).body("status", equalTo("UP"));
        given().get("/q/health/ready").then().statusCode(200).body("checks.name", hasItem("credentials"));
    }

    @Test
    void servesThePageToEverybodyAndTheApiToThoseWithAToken() {
        given().get("/").then().statusCode(200).contentType(containsString("text/html"));
        given().get("/api/streams").then().statusCode(401).contentType(containsString("application/problem+json"));
        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> given().header("Authorization", "Bearer it-token")
                        .get("/api/streams")
                        .then()
                        .statusCode(200)
                        .body("product", hasItem("meeting")));
        given().header("Authorization", "Bearer it-token")
                .get("/api/loops")
                .then()
                .statusCode(200)
                .body("running", hasItem(true));
    }

    @Test
    void refusesAWebhookThatIsNotSigned() {
        given().body("{\"event\":\"meeting.rtms_started\"}")
                .post("/webhook")
                .then()
                .statusCode(401);
    }

    private static double metric(String name) {
        return given().get("/q/metrics")
                .asString()
                .lines()
                .filter(line -> line.startsWith(name))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                .sum();
    }

    /** What the relay sends. */
    private static final class Messages implements WebSocket.Listener {
        private final StringBuilder part = new StringBuilder();
        private final Queue<JsonNode> messages = new ConcurrentLinkedQueue<>();

        @Override
        public CompletionStage<?> onText(WebSocket socket, CharSequence data, boolean last) {
            part.append(data);
            if (last) {
                try {
                    messages.add(JSON.readTree(part.toString()));
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
                part.setLength(0);
            }
            socket.request(1);
            return null;
        }

        List<JsonNode> of(String streamId) {
            return messages.stream()
                    .filter(message -> message.path("streamId").asText().equals(streamId))
                    .toList();
        }

        /** The first stream that was seen from its beginning to its end, null before. */
        String endedStream() {
            return messages.stream()
                    .filter(message -> message.path("state").asText().equals("ended"))
                    .map(message -> message.path("streamId").asText())
                    .findFirst()
                    .orElse(null);
        }
    }

    /** A short meeting, again and again, with audio. */
    public static class Playing implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of(
                    "rtms.simulator.enabled", "true",
                    "rtms.simulator.meeting", MEETING.toAbsolutePath().toString(),
                    "rtms.simulator.speed", "10",
                    "rtms.simulator.loop-pause", "1S",
                    "rtms.simulator.happenings", HAPPENINGS.toAbsolutePath().toString(),
                    "rtms.media.request", "audio,video,deskshare,transcript,chat",
                    "rtms.events.request", "auto,sharing",
                    "rtms.access.tokens", "it-token",
                    "rtms.transcripts.dir", "");
        }
    }
}
