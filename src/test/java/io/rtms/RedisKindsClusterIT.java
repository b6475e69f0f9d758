package io.rtms;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.rtms.simulator.SimulatedMeeting;
import io.rtms.transcript.relay.RelayClient;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Nodes on the other kinds of Redis: behind TLS and a password, with a sentinel, and as a Redis Cluster. */
class RedisKindsClusterIT {
    private static final int MEETINGS = 6;
    private static final String PASSWORD = "a secret";

    @TempDir
    Path folder;

    @Test
    void behindTlsAndAPassword() throws Exception {
        Path certificate = copy("tls-cert.pem");
        try (RedisServer redis = RedisServer.secured(certificate, copy("tls-key.pem"), PASSWORD)) {
            everyNodeHasEveryTranscript(Map.of(
                    "quarkus.redis.hosts",
                    "rediss://localhost:" + redis.port(),
                    "quarkus.redis.password",
                    PASSWORD,
                    "quarkus.redis.tls.enabled",
                    "true",
                    "quarkus.redis.tls.hostname-verification-algorithm",
                    "HTTPS",
                    "quarkus.redis.tls.trust-certificate-pem",
                    "true",
                    "quarkus.redis.tls.trust-certificate-pem.certs",
                    certificate.toString()));
        }
    }

    private Path copy(String name) throws Exception {
        Path file = folder.resolve(name);
        try (InputStream resource = getClass().getResourceAsStream("/simulator/" + name)) {
            Files.copy(resource, file);
        }
        return file;
    }

    @Test
    void asARedisCluster() throws Exception {
        List<RedisServer> servers = RedisServer.cluster();
        try {
            everyNodeHasEveryTranscript(Map.of(
                    "quarkus.redis.client-type",
                    "cluster",
                    "quarkus.redis.hosts",
                    servers.stream().map(RedisServer::url).collect(Collectors.joining(","))));
        } finally {
            for (RedisServer server : servers) {
                server.close();
            }
        }
    }

    /** The master is gone in the middle of meetings, and a replica takes its place. */
    @Test
    void withASentinelThatReplacesTheMaster() throws Exception {
        try (RedisServer master = new RedisServer();
                RedisServer replica = master.replica();
                RedisServer sentinel = master.sentinel();
                TestCluster cluster = new TestCluster(TestCluster.quick(Map.of(
                        "quarkus.redis.client-type", "sentinel",
                        "quarkus.redis.master-name", "rtms",
                        "quarkus.redis.role", "master",
                        "quarkus.redis.hosts", sentinel.url())))) {
            cluster.zoomAt(cluster.node(0).port());
            cluster.awaitAll();
            List<SimulatedMeeting> meetings = cluster.play(MEETINGS, 25, Duration.ZERO);
            TestCluster.awaitLive(meetings);
            master.stop();
            cluster.assertWhole(meetings, cluster.nodes());
            assertTrue(replica.cli("role").startsWith("master"));
            TestCluster.assertJoinedOnce(meetings);
        }
    }

    private static void everyNodeHasEveryTranscript(Map<String, String> redis) throws Exception {
        try (TestCluster cluster = new TestCluster(TestCluster.quick(redis))) {
            cluster.zoomAt(cluster.node(0).port());
            cluster.awaitAll();
            List<SimulatedMeeting> meetings = cluster.play(MEETINGS, 6, Duration.ZERO);
            TestCluster.awaitLive(meetings);
            String stream = "?stream=" + meetings.getFirst().streamId();
            for (Service node : cluster.nodes()) {
                try (RelayClient reader = RelayClient.connect(node.port(), stream)) {
                    reader.until("caughtUp");
                    reader.until("transcript");
                }
            }
            cluster.assertWhole(meetings, cluster.nodes());
            TestCluster.assertJoinedOnce(meetings);
        }
    }
}
