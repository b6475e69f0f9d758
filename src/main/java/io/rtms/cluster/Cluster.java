package io.rtms.cluster;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.ShutdownEvent;
import io.rtms.ServiceStarted;
import io.rtms.stream.StreamJournal;
import io.rtms.stream.StreamRegistry;
import io.rtms.stream.StreamRegistry.RegistryAwayException;
import io.vertx.redis.client.Command;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.Reception;
import jakarta.enterprise.inject.Instance;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import jakarta.interceptor.Interceptor;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jboss.logging.Logger;

/** This node's work among the others, from the start to the end; nothing where it is alone. */
@Singleton
public class Cluster {
    private static final Logger LOG = Logger.getLogger(Cluster.class);
    private static final Duration TICK = Duration.ofMillis(250);
    /** For what was begun when this node stops; more than the queues wait for something to come. */
    private static final Duration FAREWELL = Duration.ofMillis(1200);

    private final ClusterConfig config;
    private final NodeConfig nodeConfig;
    private final long since = System.currentTimeMillis();
    private final Instance<Parts> parts;
    private final MeterRegistry metrics;
    private final List<Worker> workers = new CopyOnWriteArrayList<>();
    private volatile long waiting;
    private volatile long oldest;

    Cluster(ClusterConfig config, NodeConfig nodeConfig, Instance<Parts> parts, MeterRegistry metrics) {
        this.config = config;
        this.nodeConfig = nodeConfig;
        this.parts = parts;
        this.metrics = metrics;
    }

    /** What there is where a node is one of several. */
    @Singleton
    record Parts(
            RedisStore redis,
            Node node,
            RedisRegistry registry,
            Nodes nodes,
            JoinPuller puller,
            JoinQueue joins,
            Orders orders,
            Reconciler reconciler) {}

    /** Who knows which streams this process may join. */
    @Produces
    @Singleton
    static StreamRegistry registry(ClusterConfig config, Instance<RedisRegistry> shared, StreamJournal journal) {
        return config.enabled() ? shared.get() : journal;
    }

    /** Has a thread of the cluster do the same again and again, until this node stops; while Redis is away it waits. */
    public void work(String name, Worker.Work work) {
        workers.add(Worker.ofQueue("cluster-" + name, work));
    }

    /**
     * How this node stands among the others.
     *
     * @param node its id
     * @param isAway whether Redis cannot be reached
     * @param streams how many it has
     * @param waiting streams of all nodes that wait for room
     */
    public record State(String node, boolean isAway, int streams, long waiting) {}

    /** How this node stands among the others, of which it is to be one. */
    public State state() {
        Parts all = parts.get();
        return new State(all.node().id(), all.redis().isAway(), all.puller().streams(), waiting);
    }

    /**
     * What Redis says of itself.
     *
     * @throws RegistryAwayException where it cannot be reached
     * @throws IllegalStateException where it refuses
     */
    public Map<String, String> redisInfo() {
        Map<String, String> info = new HashMap<>();
        String text = parts.get().redis().call(Command.INFO).toString();
        text.lines()
                .map(line -> line.split(":", 2))
                .filter(pair -> pair.length == 2)
                .forEach(pair -> info.put(pair[0], pair[1].strip()));
        return info;
    }

    /** This node where it is the only one. */
    public Nodes.View alone(int streams, boolean draining) {
        return new Nodes.View(
                nodeConfig.name(),
                nodeConfig.name(),
                since,
                streams,
                nodeConfig.maxStreams(),
                0,
                nodeConfig.maxCost(),
                draining);
    }

    /** Whether this node is one of several. */
    public boolean isEnabled() {
        return config.enabled();
    }

    void start(@Observes @Priority(Interceptor.Priority.LIBRARY_AFTER) ServiceStarted event) {
        gauges();
        if (!config.enabled()) {
            return;
        }
        Parts all = parts.get();
        LOG.infof("Node %s of a cluster", all.node().id());
        workers.add(Worker.start("cluster-awake", () -> {
            all.registry().awake();
            Thread.sleep(TICK);
        }));
        workers.add(Worker.start("cluster-beat", () -> beat(all)));
        workers.add(Worker.ofQueue("cluster-joins", all.puller()::pull));
        workers.add(Worker.ofQueue("cluster-orders", all.orders()::receive));
        workers.add(Worker.start("cluster-lost", () -> {
            all.nodes().lookForLost();
            Thread.sleep(Math.max(TICK.toMillis(), config.lease().toMillis() / 10));
        }));
        workers.add(Worker.start("cluster-reconcile", () -> {
            Thread.sleep(config.lease().plus(TICK));
            all.reconciler().reconcile();
            Thread.sleep(config.reconcile());
        }));
    }

    /** Also of a node that is alone, so that alerts and dashboards find what they ask for. */
    private void gauges() {
        Gauge.builder("rtms.cluster.joins.waiting", () -> waiting)
                .description("Streams that were accepted and wait for a node with room")
                .register(metrics);
        Gauge.builder("rtms.cluster.joins.oldest.seconds", () -> oldest == 0 ? 0 : ageOf(oldest))
                .description("How long the first of them has been waiting")
                .register(metrics);
        Gauge.builder(
                        "rtms.cluster.leases",
                        () -> config.enabled() ? parts.get().puller().streams() : 0)
                .description("Streams that this node has, of those that nodes share")
                .register(metrics);
        Gauge.builder(
                        "rtms.cluster.redis.up",
                        () -> config.enabled() && parts.get().redis().isAway() ? 0 : 1)
                .description("1 while Redis can be reached, or is not in use")
                .register(metrics);
    }

    private static double ageOf(long time) {
        return Math.max(0, System.currentTimeMillis() - time) / 1000.0;
    }

    /** First the leases, so that a lost node's are over by the time that the node is found to be lost. */
    private void beat(Parts all) throws InterruptedException {
        long begun = System.nanoTime();
        try {
            all.registry().renew();
            all.nodes().beat();
            waiting = all.joins().size();
            oldest = all.joins().oldest();
        } catch (RegistryAwayException e) {
            Thread.sleep(TICK);
            return;
        }
        long spent = System.nanoTime() - begun;
        Thread.sleep(Math.max(TICK.toMillis(), config.renew().minusNanos(spent).toMillis()));
    }

    /** After the streams were released, and so given back. */
    void stop(
            @Observes(notifyObserver = Reception.IF_EXISTS) @Priority(Interceptor.Priority.LIBRARY_AFTER + 1)
                    ShutdownEvent event) {
        if (workers.isEmpty()) {
            return;
        }
        workers.forEach(Worker::end);
        long deadline = System.nanoTime() + FAREWELL.toNanos();
        try {
            for (Worker worker : workers) {
                worker.await(Duration.ofNanos(Math.max(1, deadline - System.nanoTime())));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        try {
            parts.get().nodes().leave();
        } catch (RegistryAwayException e) {
            LOG.debug("Redis is away as this node stops; the others will find out");
        }
    }
}
