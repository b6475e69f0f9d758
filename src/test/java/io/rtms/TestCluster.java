package io.rtms;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.rtms.simulator.PlayOptions;
import io.rtms.simulator.SimulatedMeeting;
import io.rtms.simulator.SimulatedZoom;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/** Three nodes of the packaged application, a, b and c, and a simulated Zoom. */
final class TestCluster implements AutoCloseable {
    static final List<String> NAMES = List.of("a", "b", "c");
    static final String TOKEN = "test-token";

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final Map<String, String> configuration;
    private final List<Service> nodes = new ArrayList<>();
    private final HttpClient http = HttpClient.newHttpClient();
    private SimulatedZoom zoom;

    /** @param configuration of all nodes, besides what every cluster needs: where Redis is, and how fast things go */
    TestCluster(Map<String, String> configuration) throws Exception {
        this.configuration = configuration;
        for (String name : NAMES) {
            nodes.add(start(name, 0));
        }
    }

    /** Such a cluster with short times. */
    static Map<String, String> quick(RedisServer redis) {
        return quick(Map.of("quarkus.redis.hosts", redis.url()));
    }

    /** The same with these keys for Redis. */
    static Map<String, String> quick(Map<String, String> redis) {
        Map<String, String> all = new HashMap<>(redis);
        all.put("rtms.cluster.lease", "3S");
        all.put("rtms.cluster.renew", "750MS");
        return all;
    }

    /** Nobody has joined any of them a second time. */
    static void assertJoinedOnce(List<SimulatedMeeting> meetings) {
        meetings.forEach(meeting -> assertEquals(1, meeting.signalingHandshakes()));
    }

    /** Has Zoom post its webhooks there. */
    void zoomAt(int port) throws Exception {
        zoom = new SimulatedZoom(
                "webhook-url",
                "http://localhost:" + port + "/webhook",
                "webhook-retries",
                "500MS,500MS,500MS,500MS,1S,1S,1S,1S,1S,1S");
    }

    private Service start(String name, int port) throws Exception {
        Map<String, String> complete = new HashMap<>(SimulatedZoom.credentials());
        complete.put("quarkus.http.port", Integer.toString(port));
        complete.put("rtms.cluster.enabled", "true");
        complete.put("rtms.node.name", name);
        complete.put("rtms.loop.threads", "1");
        complete.put("rtms.access.tokens", TOKEN);
        complete.put("rtms.simulator.enabled", "true"); // so that ws:// is allowed
        complete.put("rtms.simulator.autoplay", "false");
        complete.put("rtms.webhook.challenge-rate", "1000"); // each simulated meeting is an app of its own
        complete.putAll(configuration);
        return Service.start(complete);
    }

    List<Service> nodes() {
        return nodes;
    }

    Service node(int number) {
        return nodes.get(number);
    }

    /** Stops it, and starts another one of its name at its port. */
    void restart(int number) throws Exception {
        int port = nodes.get(number).port();
        nodes.get(number).stop();
        nodes.set(number, start(NAMES.get(number), port));
        nodes.get(number).port();
    }

    /** The same with one that may be dead. */
    void replace(int number) throws Exception {
        int port = nodes.get(number).port();
        nodes.get(number).close();
        nodes.set(number, start(NAMES.get(number), port));
    }

    /** Until every node knows all others, and no more. */
    void awaitAll() throws Exception {
        for (Service node : nodes) {
            node.port();
            await().atMost(PATIENCE).until(() -> json(node, "/api/nodes").size() == NAMES.size());
        }
    }

    /**
     * Begins meetings. Zoom keeps what is said while nobody is connected.
     *
     * @param overlap before a loss, from which Zoom sends again: what was sent to a node that died may not have come further
     */
    List<SimulatedMeeting> play(int count, int seconds, Duration overlap) {
        PlayOptions options = PlayOptions.defaults().withKeptTranscripts(true).withOverlap(overlap);
        return IntStream.range(0, count).mapToObj(i -> play(seconds, options)).toList();
    }

    SimulatedMeeting play(int seconds, PlayOptions options) {
        return play(seconds, options, 2);
    }

    /** @param speed how many lines each second */
    SimulatedMeeting play(int seconds, PlayOptions options, int speed) {
        return zoom.simulator().play(Turns.script(speed * seconds), options.withSpeed(speed));
    }

    static void awaitLive(List<SimulatedMeeting> meetings) {
        for (SimulatedMeeting meeting : meetings) {
            await().atMost(PATIENCE).until(() -> !meeting.ledger().textsSent().isEmpty());
        }
    }

    static void awaitEnd(List<SimulatedMeeting> meetings) throws InterruptedException {
        for (SimulatedMeeting meeting : meetings) {
            assertTrue(meeting.awaitEnd(Duration.ofSeconds(120)).isPresent());
        }
    }

    /** What a node has of a transcript, after its end. */
    List<JsonNode> entries(Service node, SimulatedMeeting meeting) {
        String path = "/api/streams/%s/transcript?format=jsonl".formatted(meeting.streamId());
        List<JsonNode> entries = new ArrayList<>();
        await().atMost(PATIENCE).until(() -> {
            entries.clear();
            for (String line : get(node, path).lines().toList()) {
                entries.add(JSON.readTree(line));
            }
            return entries.stream()
                    .anyMatch(entry -> entry.path("state").asText().equals("ended"));
        });
        return entries;
    }

    /** Every node has what the simulator has sent, once, in order, under the same numbers. */
    void assertWhole(List<SimulatedMeeting> meetings, List<Service> readers) throws Exception {
        awaitEnd(meetings);
        for (SimulatedMeeting meeting : meetings) {
            List<JsonNode> first = entries(readers.getFirst(), meeting);
            for (Service node : readers) {
                assertEquals(first, entries(node, meeting));
            }
            assertEquals(
                    LongStream.rangeClosed(1, first.size()).boxed().toList(),
                    first.stream().map(entry -> entry.path("seq").asLong()).toList());
            assertEquals(meeting.ledger().textsSent(), texts(first));
        }
    }

    /** What was said. */
    static List<String> texts(List<JsonNode> entries) {
        return entries.stream()
                .filter(entry -> entry.path("type").asText().equals("transcript"))
                .map(entry -> entry.path("text").asText())
                .toList();
    }

    String get(Service node, String path) throws Exception {
        return send(node, "GET", path, "").body();
    }

    JsonNode json(Service node, String path) throws Exception {
        return JSON.readTree(get(node, path));
    }

    HttpResponse<String> send(Service node, String method, String path, String body) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://localhost:" + node.port() + path))
                .method(method, HttpRequest.BodyPublishers.ofString(body))
                .header("Authorization", "Bearer " + TOKEN)
                .header("Content-Type", "application/json")
                .build();
        return http.send(request, HttpResponse.BodyHandlers.ofString());
    }

    @Override
    public void close() throws Exception {
        for (Service node : nodes) {
            node.close();
        }
        if (zoom != null) {
            zoom.close();
        }
    }
}
