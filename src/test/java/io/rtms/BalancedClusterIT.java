package io.rtms;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import com.fasterxml.jackson.databind.JsonNode;
import io.rtms.simulator.PlayOptions;
import io.rtms.simulator.SimulatedMeeting;
import io.rtms.simulator.fault.Fault;
import io.rtms.simulator.fault.Moment;
import io.rtms.simulator.fault.WebhookKind;
import io.rtms.transcript.relay.RelayClient;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Three nodes behind HAProxy, with the configuration that {@code docker/} has for it. */
class BalancedClusterIT {
    private static final int MEETINGS = 6;

    private static RedisServer redis;
    private static TestCluster cluster;
    private static Process balancer;
    private static int port;

    @BeforeAll
    static void start() throws Exception {
        redis = new RedisServer();
        cluster = new TestCluster(TestCluster.quick(redis));
        port = Service.freePort();
        ProcessBuilder haproxy = new ProcessBuilder("haproxy", "-db", "-f", "docker/haproxy/haproxy.cfg");
        haproxy.environment().put("RTMS_BIND", "127.0.0.1:" + port);
        for (int i = 0; i < TestCluster.NAMES.size(); i++) {
            haproxy.environment()
                    .put(
                            "RTMS_NODE_" + TestCluster.NAMES.get(i).toUpperCase(),
                            "127.0.0.1:" + cluster.node(i).port());
        }
        balancer = haproxy.redirectErrorStream(true)
                .redirectOutput(Path.of("target/haproxy.log").toFile())
                .start();
        await("haproxy listens").atMost(Duration.ofSeconds(20)).until(() -> Service.isListening(port));
        cluster.zoomAt(port);
        cluster.awaitAll();
    }

    @AfterAll
    static void stop() throws Exception {
        balancer.destroy();
        balancer.waitFor();
        cluster.close();
        redis.close();
    }

    /** Each node is replaced by a new one, so that every reader loses its own, and comes back through the balancer. */
    @Test
    void aReaderGoesOnWithTheNextNumberWhereverItComesTo() throws Exception {
        List<SimulatedMeeting> meetings = cluster.play(MEETINGS, 40, Duration.ZERO);
        TestCluster.awaitLive(meetings);
        try (ExecutorService browsers = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Read>> reads = new ArrayList<>();
            for (SimulatedMeeting meeting : meetings) {
                reads.add(browsers.submit((Callable<Read>) () -> read(meeting.streamId())));
            }
            for (int i = 0; i < TestCluster.NAMES.size(); i++) {
                cluster.restart(i);
                cluster.awaitAll();
            }
            int connections = 0;
            for (int i = 0; i < MEETINGS; i++) {
                Read read = reads.get(i).get();
                assertEquals(
                        LongStream.rangeClosed(1, read.entries().size()).boxed().toList(),
                        read.entries().stream()
                                .map(entry -> entry.path("seq").asLong())
                                .toList());
                assertEquals(meetings.get(i).ledger().textsSent(), TestCluster.texts(read.entries()));
                connections += read.connections();
            }
            assertFalse(connections < 2 * MEETINGS, "each lost its node: " + connections);
        }
    }

    /** The balancer sends it to one node after the other, which all have seen nothing of it. */
    @Test
    void aWebhookThatComesToAllNodesIsActedOnOnce() throws Exception {
        PlayOptions often = PlayOptions.defaults()
                .withFault(Moment.SIGNALING_HANDSHAKE, new Fault.RepeatWebhook(WebhookKind.STARTED, 20));
        List<SimulatedMeeting> meetings = IntStream.range(0, MEETINGS)
                .mapToObj(i -> cluster.play(4, often))
                .toList();
        cluster.assertWhole(meetings, cluster.nodes());
        TestCluster.assertJoinedOnce(meetings);
    }

    private record Read(List<JsonNode> entries, int connections) {}

    /** As the page does: after a loss it asks for what follows the last number that it saw. */
    private static Read read(String streamId) throws Exception {
        List<JsonNode> entries = new ArrayList<>();
        int connections = 0;
        while (entries.isEmpty() || !entries.getLast().path("state").asText().equals("ended")) {
            long last = entries.isEmpty() ? 0 : entries.getLast().path("seq").asLong();
            try (RelayClient client = RelayClient.connect(port, "?stream=%s&after=%d".formatted(streamId, last))) {
                connections++;
                follow(client, entries);
            } catch (CompletionException e) {
                Thread.sleep(200); // HAProxy has no node that is ready
            }
        }
        return new Read(entries, connections);
    }

    private static void follow(RelayClient client, List<JsonNode> entries) throws InterruptedException {
        while (true) {
            boolean over = client.isOver();
            for (JsonNode message : client.received()) {
                if (message.has("seq") && !message.path("type").asText().equals("caughtUp")) {
                    entries.add(message);
                }
            }
            boolean ended = !entries.isEmpty()
                    && entries.getLast().path("state").asText().equals("ended");
            if (over || ended) {
                return;
            }
            Thread.sleep(20);
        }
    }
}
