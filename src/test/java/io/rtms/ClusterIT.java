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
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Three nodes of the packaged application, a Redis and a simulated Zoom: nodes die, stop and sleep, Redis goes away, and every transcript stays whole. */
class ClusterIT {
    private static final String TOKEN = "it-token";
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int MEETINGS = 12;
    private static final int LINES = 40;

    private final HttpClient http = HttpClient.newHttpClient();
    private final List<Service> nodes = new ArrayList<>();
    private RedisServer redis;
    private SimulatedZoom zoom;

    @BeforeEach
    void start() throws Exception {
        redis = new RedisServer();
        int port = Service.freePort();
        zoom = new SimulatedZoom(
                "webhook-url",
                "http://localhost:" + port + "/webhook",
                "webhook-retries",
                "500MS,500MS,500MS,500MS,1S,1S,1S,1S,1S,1S");
        nodes.add(node("a", port));
        nodes.add(node("b", 0));
        nodes.add(node("c", 0));
        for (Service node : nodes) {
            node.port();
        }
    }

    @AfterEach
    void stop() throws Exception {
        for (Service node : nodes) {
            node.close();
        }
        zoom.close();
        redis.close();
    }

    private Service node(String name, int port) throws Exception {
        Map<String, String> configuration = new HashMap<>(SimulatedZoom.credentials());
        configuration.put("quarkus.http.port", Integer.toString(port));
        configuration.put("quarkus.redis.hosts", redis.url());
        configuration.put("rtms.cluster.enabled", "true");
        configuration.put("rtms.cluster.lease", "4S");
        configuration.put("rtms.cluster.renew", "1S");
        configuration.put("rtms.node.name", name);
        configuration.put("rtms.loop.threads", "1");
        configuration.put("rtms.access.tokens", TOKEN);
        configuration.put("rtms.simulator.enabled", "true"); // so that ws:// is allowed
        configuration.put("rtms.simulator.autoplay", "false");
        return Service.start(configuration);
    }

    private List<SimulatedMeeting> play(int count, double speed) {
        return IntStream.range(0, count)
                .mapToObj(i -> zoom.simulator()
                        .play(
                                Turns.script(LINES),
                                PlayOptions.defaults().withSpeed(speed).withKeptTranscripts(true)))
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
            assertEquals(
                    meeting.ledger().textsSent(),
                    first.stream()
                            .filter(entry -> entry.path("type").asText().equals("transcript"))
                            .map(entry -> entry.path("text").asText())
                            .toList());
        }
    }

    @Test
    void everyNodeHasEveryTranscriptAndEveryMeetingOneNode() throws Exception {
        List<SimulatedMeeting> meetings = play(MEETINGS, 4);
        awaitLive(meetings);
        assertWhole(meetings, nodes);
        for (SimulatedMeeting meeting : meetings) {
            assertEquals(1, meeting.signalingHandshakes());
        }
    }

    @Test
    void whatALostNodeHadGoesOnElsewhere() throws Exception {
        List<SimulatedMeeting> meetings = play(MEETINGS, 2);
        awaitLive(meetings);
        nodes.get(1).kill();
        assertWhole(meetings, List.of(nodes.get(0), nodes.get(2)));
        for (SimulatedMeeting meeting : meetings) {
            assertTrue(meeting.signalingHandshakes() <= 2);
        }
    }
}
