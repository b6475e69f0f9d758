package io.rtms;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.rtms.simulator.SimulatedMeeting;
import io.rtms.transcript.relay.RelayClient;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Three nodes of the packaged application, a Redis and a simulated Zoom: nodes die, stop and sleep, Redis goes away, and every transcript stays whole. */
class ClusterIT {
    private static final int MEETINGS = 12;
    private static final int NOT_AUTHENTICATED = 4401;

    private static RedisServer redis;
    private static TestCluster cluster;

    private final Set<Integer> used = new HashSet<>();

    @BeforeAll
    static void start() throws Exception {
        redis = new RedisServer();
        cluster = new TestCluster(TestCluster.quick(redis));
        cluster.zoomAt(cluster.node(0).port());
    }

    @AfterAll
    static void stop() throws Exception {
        cluster.close();
        redis.close();
    }

    /** In place of those that a test has used up. */
    @AfterEach
    void replace() throws Exception {
        for (int number : used) {
            cluster.replace(number);
        }
        cluster.awaitAll();
    }

    /** Meetings of which Zoom sends nothing twice. */
    private List<SimulatedMeeting> play(int seconds) {
        return play(seconds, Duration.ZERO);
    }

    private List<SimulatedMeeting> play(int seconds, Duration overlap) {
        List<SimulatedMeeting> meetings = cluster.play(MEETINGS, seconds, overlap);
        TestCluster.awaitLive(meetings);
        return meetings;
    }

    @Test
    void everyNodeHasEveryTranscriptAndEveryMeetingOneNode() throws Exception {
        List<SimulatedMeeting> meetings = play(5);
        cluster.assertWhole(meetings, cluster.nodes());
        TestCluster.assertJoinedOnce(meetings);
    }

    @Test
    void whatALostNodeHadGoesOnElsewhere() throws Exception {
        List<SimulatedMeeting> meetings = play(12, Duration.ofSeconds(1));
        used.add(1);
        cluster.node(1).kill();
        cluster.assertWhole(meetings, List.of(cluster.node(0), cluster.node(2)));
        for (SimulatedMeeting meeting : meetings) {
            assertTrue(meeting.signalingHandshakes() <= 2);
        }
    }

    /** One after the other is replaced by a new one, as an upgrade does it. */
    @Test
    void nothingIsLostInARollingRestart() throws Exception {
        List<SimulatedMeeting> meetings = play(30);
        for (int i = 2; i >= 0; i--) {
            cluster.restart(i);
        }
        cluster.assertWhole(meetings, cluster.nodes());
    }

    @Test
    void aNodeThatWasAsleepLetsGoOfWhatOthersHaveTakenBeforeItDoesAnythingElse() throws Exception {
        List<SimulatedMeeting> meetings = play(18);
        signal("STOP", cluster.node(1));
        Thread.sleep(6_000);
        signal("CONT", cluster.node(1));
        TestCluster.awaitEnd(meetings);
        int missed = 0;
        for (SimulatedMeeting meeting : meetings) {
            assertEquals(cluster.entries(cluster.node(0), meeting), cluster.entries(cluster.node(1), meeting));
            List<String> sent = meeting.ledger().textsSent();
            List<String> told = TestCluster.texts(cluster.entries(cluster.node(2), meeting));
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
        assertTrue(cluster.node(1).log().stream().anyMatch(line -> line.contains("is another node's now")));
    }

    @Test
    void meetingsGoOnWhileRedisIsAway() throws Exception {
        List<SimulatedMeeting> meetings = play(14);
        redis.stop();
        Thread.sleep(5_000);
        redis.start();
        cluster.assertWhole(meetings, cluster.nodes());
        TestCluster.assertJoinedOnce(meetings);
    }

    /** Nodes write down again what they have. What was in Redis alone is gone, and what they have in memory is there. */
    @Test
    void meetingsGoOnThoughRedisLosesItsData() throws Exception {
        List<SimulatedMeeting> meetings = play(12);
        redis.stop();
        redis.loseData();
        redis.start();
        TestCluster.awaitEnd(meetings);
        for (SimulatedMeeting meeting : meetings) {
            assertEquals(1, meeting.signalingHandshakes());
            assertEquals(meeting.ledger().textsSent(), TestCluster.texts(cluster.entries(cluster.node(0), meeting)));
        }
    }

    @Test
    void anyNodeShowsAllStreamsAndReachesEach() throws Exception {
        List<SimulatedMeeting> meetings = play(9);
        for (Service node : cluster.nodes()) {
            JsonNode streams = cluster.json(node, "/api/streams");
            assertTrue(streams.findValuesAsText("streamId")
                    .containsAll(
                            meetings.stream().map(SimulatedMeeting::streamId).toList()));
            JsonNode all = cluster.json(node, "/api/nodes");
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
                assertEquals("live", cluster.json(node, stream).path("state").asText());
                assertTrue(
                        cluster.json(node, stream + "/timeline").path("entries").size() > 1);
                assertTrue(cluster.json(node, stream + "/participants").isArray());
            }
        }
        for (int i = 0; i < MEETINGS; i++) {
            assertEquals(
                    204,
                    request(
                            cluster.node(i % 3),
                            "DELETE",
                            "/api/streams/" + meetings.get(i).streamId()));
        }
        for (SimulatedMeeting meeting : meetings) {
            assertTrue(meeting.awaitEnd(Duration.ofSeconds(10)).isPresent());
        }
        assertEquals(404, request(cluster.node(0), "DELETE", "/api/streams/unknown"));
    }

    @Test
    void aNodeThatIsDrainedGivesItsStreamsToOthers() throws Exception {
        List<SimulatedMeeting> meetings = play(14);
        used.add(1);
        assertEquals(202, request(cluster.node(0), "POST", "/api/drain?node=b"));
        await().atMost(Duration.ofSeconds(20)).until(() -> {
            JsonNode b = cluster.json(cluster.node(0), "/api/nodes").get(1);
            return b.path("draining").asBoolean() && b.path("streams").asInt() == 0;
        });
        cluster.assertWhole(meetings, cluster.nodes());
    }

    @Test
    void aTicketIsGoodOnceAtWhicheverNodeTheBrowserComesTo() throws Exception {
        SimulatedMeeting meeting = play(6).getFirst();
        String query = "?stream=" + meeting.streamId() + "&ticket=";
        String ticket = ticket(cluster.node(0), meeting);
        try (RelayClient reader = RelayClient.connect(cluster.node(1).port(), query + ticket, Map.of())) {
            reader.until("transcript");
            assertEquals(NOT_AUTHENTICATED, closeCode(cluster.node(0), query + ticket));
            assertEquals(NOT_AUTHENTICATED, closeCode(cluster.node(2), query + ticket));
            reader.until("transcript");
        }
        String events = "/api/streams/" + meeting.streamId() + "/events?ticket=";
        String another = ticket(cluster.node(2), meeting);
        assertEquals(200, status(cluster.node(0), events + another));
        assertEquals(401, status(cluster.node(0), events + another));
        assertEquals(401, status(cluster.node(2), events + another));
        TestCluster.awaitEnd(List.of(meeting));
    }

    private static String ticket(Service node, SimulatedMeeting meeting) throws Exception {
        String body = "{\"streamId\":\"%s\"}".formatted(meeting.streamId());
        HttpResponse<String> made = cluster.send(node, "POST", "/api/tickets", body);
        assertEquals(201, made.statusCode(), made::body);
        return new ObjectMapper().readTree(made.body()).path("ticket").asText();
    }

    private static int closeCode(Service node, String query) throws Exception {
        try (RelayClient client = RelayClient.connect(node.port(), query, Map.of())) {
            return client.closeCode();
        }
    }

    /** Of a request without a token, whose answer may have no end. */
    private static int status(Service node, String path) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://localhost:" + node.port() + path))
                .build();
        HttpResponse<InputStream> answer =
                HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofInputStream());
        answer.body().close();
        return answer.statusCode();
    }

    private static int request(Service node, String method, String path) throws Exception {
        return cluster.send(node, method, path, "").statusCode();
    }

    private static void signal(String name, Service node) throws Exception {
        assertEquals(
                0,
                new ProcessBuilder("kill", "-" + name, Long.toString(node.pid()))
                        .start()
                        .waitFor());
    }
}
