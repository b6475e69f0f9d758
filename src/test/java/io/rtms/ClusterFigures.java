package io.rtms;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.rtms.simulator.PlayOptions;
import io.rtms.simulator.SimulatedMeeting;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * What several nodes with the usual times cost Redis, and how fast they take over from each other: 60 meetings with a line each second on three nodes.
 * No test by its name; {@code ./mvnw verify -Dskip.unit.tests -Dit.test=ClusterFigures} prints its figures.
 */
class ClusterFigures {
    private static final int MEETINGS = Integer.getInteger("meetings", 60);
    private static final int QUIET_SECONDS = 20;
    private static final Pattern CALLS = Pattern.compile("cmdstat_([a-z|]+):calls=(\\d+),usec=(\\d+)");

    private static RedisServer redis;
    private static TestCluster cluster;

    @BeforeAll
    static void start() throws Exception {
        redis = new RedisServer();
        cluster = new TestCluster(Map.of("quarkus.redis.hosts", redis.url()));
        cluster.zoomAt(cluster.node(0).port());
        cluster.awaitAll();
    }

    @AfterAll
    static void stop() throws Exception {
        cluster.close();
        redis.close();
    }

    private static List<SimulatedMeeting> play(int seconds) {
        PlayOptions options = PlayOptions.defaults().withKeptTranscripts(true).withOverlap(Duration.ofSeconds(2));
        List<SimulatedMeeting> meetings = IntStream.range(0, MEETINGS)
                .mapToObj(i -> cluster.play(seconds, options, 1))
                .toList();
        TestCluster.awaitLive(meetings);
        return meetings;
    }

    @Test
    void aNodeIsKilled() throws Exception {
        say("commands/s without a meeting: " + load());
        List<SimulatedMeeting> meetings = play(60);
        say("commands/s with %d meetings: %s".formatted(MEETINGS, load()));
        long killed = System.nanoTime();
        cluster.node(1).kill();
        List<Long> times = new ArrayList<>();
        for (boolean[] seen = new boolean[MEETINGS];
                System.nanoTime() - killed < Duration.ofSeconds(25).toNanos(); ) {
            for (int i = 0; i < MEETINGS; i++) {
                if (!seen[i] && meetings.get(i).signalingHandshakes() > 1) {
                    seen[i] = true;
                    times.add((System.nanoTime() - killed) / 1_000_000);
                }
            }
            Thread.sleep(5);
        }
        long[] sorted = times.stream().mapToLong(one -> one).sorted().toArray();
        say("a node with %d meetings killed, elsewhere after p50 %d ms, p99 %d ms, most %d ms"
                .formatted(
                        sorted.length,
                        sorted[sorted.length / 2],
                        sorted[(int) (sorted.length * 0.99)],
                        sorted[sorted.length - 1]));
        assertTrue(sorted.length > MEETINGS / 6, "it had some of them");
        cluster.assertWhole(meetings, List.of(cluster.node(0), cluster.node(2)));
        cluster.replace(1);
        cluster.awaitAll();
    }

    @Test
    void redisIsAwayForTwentySeconds() throws Exception {
        List<SimulatedMeeting> meetings = play(45);
        redis.stop();
        Thread.sleep(20_000);
        redis.start();
        cluster.assertWhole(meetings, cluster.nodes());
        TestCluster.assertJoinedOnce(meetings);
        say("Redis away for 20 s: %d meetings whole, none joined again".formatted(MEETINGS));
    }

    /** Commands each second by name, and how busy Redis is with them. */
    private static String load() throws Exception {
        Map<String, long[]> before = commands();
        Thread.sleep(Duration.ofSeconds(QUIET_SECONDS));
        Map<String, long[]> after = commands();
        StringBuilder names = new StringBuilder();
        double calls = 0;
        double micros = 0;
        for (Map.Entry<String, long[]> entry : after.entrySet()) {
            long[] old = before.getOrDefault(entry.getKey(), new long[2]);
            double each = (double) (entry.getValue()[0] - old[0]) / QUIET_SECONDS;
            if (each > 0) {
                names.append(" %s=%.1f".formatted(entry.getKey(), each));
            }
            calls += each;
            micros += entry.getValue()[1] - old[1];
        }
        return "%.1f, %.2f %% of a processor:%s".formatted(calls, micros / QUIET_SECONDS / 10_000, names);
    }

    private static Map<String, long[]> commands() throws Exception {
        Map<String, long[]> commands = new TreeMap<>();
        Matcher calls = CALLS.matcher(redis.cli("info", "commandstats"));
        while (calls.find()) {
            commands.put(calls.group(1), new long[] {Long.parseLong(calls.group(2)), Long.parseLong(calls.group(3))});
        }
        return commands;
    }

    private static void say(String line) {
        System.out.println(line);
    }
}
