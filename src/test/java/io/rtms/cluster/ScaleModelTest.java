package io.rtms.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.rtms.cluster.ScaleModel.ModelNode;
import io.rtms.cluster.ScaleModel.Times;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What becomes of many streams on many nodes. {@code ./mvnw verify -Pscale-model} plays it with 100,000 on 250, and with the longest lease. */
class ScaleModelTest {
    private static final int STREAMS = Integer.getInteger("scale.streams", 400);
    private static final int NODES = Integer.getInteger("scale.nodes", 8);
    private static final Duration LEASE = Duration.parse(System.getProperty("scale.lease", "PT1.5S"));
    private static final Duration RENEW = LEASE.multipliedBy(3).dividedBy(10);
    /** From a node's end until others have all of its streams: its lease, the look for lost nodes, the queue. */
    private static final double LEASES_UNTIL_TAKEN = 2;

    private final List<String> report = new ArrayList<>();

    @Test
    void everyStreamHasOneNodeWhateverBecomesOfNodesAndRedis() throws Exception {
        Map<String, String> configuration = Map.of(
                "rtms.cluster.lease", LEASE.toString(),
                "rtms.cluster.renew", RENEW.toString(),
                "rtms.cluster.reconcile", LEASE.multipliedBy(6).toString(),
                "rtms.node.max-streams", Integer.toString(STREAMS * 5 / NODES / 4));
        try (ScaleModel model = new ScaleModel(configuration)) {
            model.start(NODES);
            say("%,d streams on %d nodes with room for %,d each, a lease of %d ms, %d processors"
                    .formatted(
                            STREAMS,
                            NODES,
                            STREAMS * 5 / NODES / 4,
                            LEASE.toMillis(),
                            Runtime.getRuntime().availableProcessors()));
            say("placed, all begun at once: " + model.place(STREAMS));
            balance(model);
            load(model, "in quiet times");

            ModelNode sleeper = model.start(1).getFirst();
            List<ModelNode> lost = model.nodes().subList(0, Math.max(1, NODES / 20));
            Times taken = model.takeOver(List.copyOf(lost), kill(List.copyOf(lost)));
            say("%d nodes killed at once: %s".formatted(Math.max(1, NODES / 20), taken));
            assertTrue(taken.p99Ms() < LEASES_UNTIL_TAKEN * LEASE.toMillis(), report::toString);
            settled(model);

            ModelNode leaver = model.nodes().getFirst();
            say("a node drained: " + model.takeOver(List.of(leaver), leaver::drain));
            settled(model);

            Map<String, ModelNode> before = model.owners();
            model.away(LEASE.multipliedBy(2));
            Thread.sleep(LEASE.multipliedBy(2));
            settled(model);
            assertEquals(before, model.owners());
            say("Redis away for %d ms: no stream moved"
                    .formatted(LEASE.multipliedBy(2).toMillis()));

            int had = sleeper.streams();
            sleeper.sleep(LEASE.multipliedBy(3));
            settled(model);
            say("a node with %,d streams asleep for %d ms: it lets go of what others have"
                    .formatted(had, LEASE.multipliedBy(3).toMillis()));
            balance(model);
            load(model, "at the end");
            assertEquals(List.of(), model.doubled());
        } finally {
            Files.write(Path.of("target/scale-model.txt"), report);
        }
    }

    private static ScaleModel.Act kill(List<ModelNode> nodes) {
        return () -> {
            for (ModelNode node : nodes) {
                node.kill();
            }
        };
    }

    private void settled(ScaleModel model) throws InterruptedException {
        ScaleModel.await(() -> model.astray().isEmpty());
        assertEquals(List.of(), model.doubled());
    }

    private void balance(ScaleModel model) {
        int[] streams = model.balance();
        say("streams of a node: fewest %,d, median %,d, most %,d"
                .formatted(streams[0], streams[streams.length / 2], streams[streams.length - 1]));
        assertTrue(streams[streams.length - 1] <= STREAMS * 5 / NODES / 4, "no node has more than it may");
    }

    private void load(ScaleModel model, String when) throws InterruptedException {
        Map<String, Long> load = model.load(RENEW.multipliedBy(2));
        say("commands/s to Redis %s: %,d %s"
                .formatted(when, load.values().stream().mapToLong(one -> one).sum(), load));
    }

    private void say(String line) {
        report.add(line);
        System.out.println(line);
    }
}
