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
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Three nodes of the packaged application, a Redis and a simulated Zoom: nodes die, stop and sleep, Redis goes away, and every transcript stays whole. */
class ClusterIT {
    private static final String TOKEN = "it-token";
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int MEETINGS = 12;
    private static final List<String> NAMES = List.of("a", "b", "c");

    private static final List<Service> nodes = new ArrayList<>();
    private static RedisServer redis;
    private static SimulatedZoom zoom;

    private final HttpClient http = HttpClient.newHttpClient();
    private final Set<Service> used = new HashSet<>();

    @BeforeAll
    static void start() throws Exception {
        redis = new RedisServer();
        for (String name : NAMES) {
            nodes.add(node(name, 0));
        }
        int port = nodes.getFirst().port();
        zoom = new SimulatedZoom(
                "webhook-url",
                "http://localhost:" + port + "/webhook",
                "webhook-retries",
                "500MS,500MS,500MS,500MS,1S,1S,1S,1S,1S,1S");
    }

    @AfterAll
    static void stop() throws Exception {
        for (Service node : nodes) {
            node.close();
        }
        zoom.close();
        redis.close();
    }

    /** In place of those that a test has used up. */
    @AfterEach
    void replace() throws Exception {
        for (int i = 0; i < nodes.size(); i++) {
            if (used.contains(nodes.get(i))) {
                int port = nodes.get(i).port();
                nodes.get(i).close();
                nodes.set(i, node(NAMES.get(i), port));
            }
        }
        for (Service node : nodes) {
            node.port();
            await().atMost(Duration.ofSeconds(30))
                    .until(() -> JSON.readTree(get(node, "/api/nodes")).size() == NAMES.size());
        }
    }

    private static Service node(String name, int port) throws Exception {
        Map<String, String> configuration = new HashMap<>(SimulatedZoom.credentials());
        configuration.put("quarkus.http.port", Integer.toString(port));
        configuration.put("quarkus.redis.hosts", redis.url());
        configuration.put("rtms.cluster.enabled", "true");
        configuration.put("rtms.cluster.lease", "3S");
        configuration.put("rtms.cluster.renew", "750MS");
        configuration.put("rtms.node.name", name);
        configuration.put("rtms.loop.threads", "1");
        configuration.put("rtms.access.tokens", TOKEN);
        configuration.put("rtms.simulator.enabled", "true"); // so that ws:// is allowed
        configuration.put("rtms.simulator.autoplay", "false");
        return Service.start(configuration);
    }

    /** Zoom keeps what is said while nobody is connected, and sends nothing twice. */
    private List<SimulatedMeeting> play(int seconds) {
        return play(seconds, Duration.ZERO);
    }

    /** @param overlap before a loss, from which Zoom sends again: what was sent to a node that died may not have come further */
    private List<SimulatedMeeting> play(int seconds, Duration overlap) {
        PlayOptions options =
                PlayOptions.defaults().withSpeed(2).withKeptTranscripts(true).withOverlap(overlap);
        return IntStream.range(0, MEETINGS)
                .mapToObj(i -> zoom.simulator().play(Turns.script(2 * seconds), options))
                .toList();
    }

    private void awaitLive(List<SimulatedMeeting> meetings) {
        for (SimulatedMeeting meeting : meetings) {
            await().atMost(Duration.ofSeconds(30))
                    .until(() -> !meeting.ledger().textsSent().isEmpty());
        }
    }

    /** What a node has of a transcript, after its end. */
    private List<JsonNode> entries(Service node, SimulatedMeeting meeting) throws Exception {
        String path = "/api/streams/%s/transcript?format=jsonl".formatted(meeting.streamId());
        List<JsonNode> entries = new ArrayList<>();
        await().atMost(Duration.ofSeconds(30)).until(() -> {
            entries.clear();
            for (String line : get(node, path).lines().toList()) {
                entries.add(JSON.readTree(line));
            }
            return entries.stream()
                    .anyMatch(entry -> entry.path("state").asText().equals("ended"));
        });
        return entries;
    }

    private String get(Service node, String path) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://localhost:" + node.port() + path))
                .header("Authorization", "Bearer " + TOKEN)
                .build();
        return http.send(request, HttpResponse.BodyHandlers.ofString()).body();
    }

    /** Every node has what the simulator has sent, once, in order, under the same numbers. */
    private void assertWhole(List<SimulatedMeeting> meetings, List<Service> readers) throws Exception {
        for (SimulatedMeeting meeting : meetings) {
            assertTrue(meeting.awaitEnd(Duration.ofSeconds(120)).isPresent());
        }
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

    private static List<String> texts(List<JsonNode> entries) {
        return entries.stream()
                .filter(entry -> entry.path("type").asText().equals("transcript"))
                .map(entry -> entry.path("text").asText())
                .toList();
    }

    @Test
    void everyNodeHasEveryTranscriptAndEveryMeetingOneNode() throws Exception {
        List<SimulatedMeeting> meetings = play(5);
        awaitLive(meetings);
        assertWhole(meetings, nodes);
        for (SimulatedMeeting meeting : meetings) {
            assertEquals(1, meeting.signalingHandshakes());
        }
    }

    @Test
    void whatALostNodeHadGoesOnElsewhere() throws Exception {
        List<SimulatedMeeting> meetings = play(12, Duration.ofSeconds(1));
        awaitLive(meetings);
        used.add(nodes.get(1));
        nodes.get(1).kill();
        assertWhole(meetings, List.of(nodes.get(0), nodes.get(2)));
        for (SimulatedMeeting meeting : meetings) {
            assertTrue(meeting.signalingHandshakes() <= 2);
        }
    }

    /** One after the other is replaced by a new one, as an upgrade does it. */
    @Test
    void nothingIsLostInARollingRestart() throws Exception {
        List<SimulatedMeeting> meetings = play(30);
        awaitLive(meetings);
        for (int i = 2; i >= 0; i--) {
            int port = nodes.get(i).port();
            nodes.get(i).stop();
            nodes.set(i, node(NAMES.get(i), port));
            nodes.get(i).port();
        }
        assertWhole(meetings, nodes);
    }

    @Test
    void aNodeThatWasAsleepLetsGoOfWhatOthersHaveTakenBeforeItDoesAnythingElse() throws Exception {
        List<SimulatedMeeting> meetings = play(18);
        awaitLive(meetings);
        signal("STOP", nodes.get(1));
        Thread.sleep(6_000);
        signal("CONT", nodes.get(1));
        for (SimulatedMeeting meeting : meetings) {
            assertTrue(meeting.awaitEnd(Duration.ofSeconds(120)).isPresent());
        }
        int missed = 0;
        for (SimulatedMeeting meeting : meetings) {
            assertEquals(entries(nodes.get(0), meeting), entries(nodes.get(1), meeting));
            List<String> sent = meeting.ledger().textsSent();
            List<String> told = texts(entries(nodes.get(2), meeting));
            List<String> missing = new ArrayList<>(sent);
            missing.removeAll(told);
            assertEquals(sent.stream().filter(told::contains).toList(), told, "each once, in order");
            if (!missing.isEmpty()) { // what was sent to the sleeper, until Zoom took another's connection
                int first = sent.indexOf(missing.getFirst());
                assertEquals(sent.subList(first, first + missing.size()), missing);
                assertTrue(told.contains(sent.getLast()), "it goes on");
                missed++;
            }
        }
        assertTrue(missed < MEETINGS, "only the sleeper's");
        assertTrue(nodes.get(1).log().stream().anyMatch(line -> line.contains("is another node's now")));
    }

    @Test
    void meetingsGoOnWhileRedisIsAway() throws Exception {
        List<SimulatedMeeting> meetings = play(14);
        awaitLive(meetings);
        redis.stop();
        Thread.sleep(5_000);
        redis.start();
        assertWhole(meetings, nodes);
        for (SimulatedMeeting meeting : meetings) {
            assertEquals(1, meeting.signalingHandshakes());
        }
    }

    /** Nodes write down again what they have. What was in Redis alone is gone, and what they have in memory is there. */
    @Test
    void meetingsGoOnThoughRedisLosesItsData() throws Exception {
        List<SimulatedMeeting> meetings = play(12);
        awaitLive(meetings);
        redis.stop();
        redis.loseData();
        redis.start();
        for (SimulatedMeeting meeting : meetings) {
            assertTrue(meeting.awaitEnd(Duration.ofSeconds(120)).isPresent());
            assertEquals(1, meeting.signalingHandshakes());
            assertEquals(meeting.ledger().textsSent(), texts(entries(nodes.getFirst(), meeting)));
        }
    }

    @Test
    void anyNodeShowsAllStreamsAndReachesEach() throws Exception {
        List<SimulatedMeeting> meetings = play(9);
        awaitLive(meetings);
        for (Service node : nodes) {
            JsonNode streams = JSON.readTree(get(node, "/api/streams"));
            assertTrue(streams.findValuesAsText("streamId")
                    .containsAll(
                            meetings.stream().map(SimulatedMeeting::streamId).toList()));
            JsonNode all = JSON.readTree(get(node, "/api/nodes"));
            assertEquals(List.of("a", "b", "c"), all.findValuesAsText("name"));
            assertEquals(
                    MEETINGS,
                    IntStream.range(0, 3)
                            .map(i -> all.get(i).path("streams").asInt())
                            .sum());
            for (JsonNode one : all) {
                assertTrue(one.path("streams").asInt() >= 1, "every node has some: " + all);
            }
            for (SimulatedMeeting meeting : meetings) {
                String stream = "/api/streams/" + meeting.streamId();
                assertEquals(
                        "live", JSON.readTree(get(node, stream)).path("state").asText());
                assertTrue(JSON.readTree(get(node, stream + "/timeline"))
                                .path("entries")
                                .size()
                        > 1);
                assertTrue(JSON.readTree(get(node, stream + "/participants")).isArray());
            }
        }
        for (int i = 0; i < MEETINGS; i++) {
            assertEquals(
                    204,
                    request(
                            nodes.get(i % 3),
                            "DELETE",
                            "/api/streams/" + meetings.get(i).streamId()));
        }
        for (SimulatedMeeting meeting : meetings) {
            assertTrue(meeting.awaitEnd(Duration.ofSeconds(10)).isPresent());
        }
        assertEquals(404, request(nodes.getFirst(), "DELETE", "/api/streams/unknown"));
    }

    @Test
    void aNodeThatIsDrainedGivesItsStreamsToOthers() throws Exception {
        List<SimulatedMeeting> meetings = play(14);
        awaitLive(meetings);
        used.add(nodes.get(1));
        assertEquals(202, request(nodes.getFirst(), "POST", "/api/drain?node=b"));
        await().atMost(Duration.ofSeconds(20)).until(() -> {
            JsonNode b = JSON.readTree(get(nodes.getFirst(), "/api/nodes")).get(1);
            return b.path("draining").asBoolean() && b.path("streams").asInt() == 0;
        });
        assertWhole(meetings, nodes);
    }

    private int request(Service node, String method, String path) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://localhost:" + node.port() + path))
                .method(method, HttpRequest.BodyPublishers.noBody())
                .header("Authorization", "Bearer " + TOKEN)
                .build();
        return http.send(request, HttpResponse.BodyHandlers.ofString()).statusCode();
    }

    private static void signal(String name, Service node) throws Exception {
        assertEquals(
                0,
                new ProcessBuilder("kill", "-" + name, Long.toString(node.pid()))
                        .start()
                        .waitFor());
    }
}
