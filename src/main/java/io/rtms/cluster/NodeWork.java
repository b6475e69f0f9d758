package io.rtms.cluster;

import io.rtms.stream.StreamRegistry.RegistryAwayException;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jboss.logging.Logger;

/** What a node does again and again among the others, each on a thread of its own. */
@Singleton
class NodeWork {
    private static final Logger LOG = Logger.getLogger(NodeWork.class);
    private static final Duration TICK = Duration.ofMillis(250);
    /** For what was begun when this node stops; more than the queues wait for something to come. */
    private static final Duration FAREWELL = Duration.ofMillis(1200);
    /** How often within a lease's time lost nodes are looked for. */
    private static final int LOOKS = 10;

    private final Parts parts;
    private final ClusterConfig config;
    private final List<Worker> workers = new CopyOnWriteArrayList<>();
    private volatile long waiting;
    private volatile long oldest;

    NodeWork(Parts parts, ClusterConfig config) {
        this.parts = parts;
        this.config = config;
    }

    /** What there is of a node that is one of several. */
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

    Parts parts() {
        return parts;
    }

    /** Streams of all nodes that wait for room. */
    long waiting() {
        return waiting;
    }

    /** Since when the first of them does, milliseconds since the epoch; 0 where none does. */
    long oldest() {
        return oldest;
    }

    /** Has a thread take from a queue again and again, until this node stops. */
    void add(String name, Worker.Work work) {
        workers.add(Worker.ofQueue("cluster-" + name, work));
    }

    void start() {
        workers.add(Worker.start("cluster-awake", () -> {
            parts.registry().awake();
            Thread.sleep(TICK);
        }));
        workers.add(Worker.start("cluster-beat", this::beat));
        add("joins", parts.puller()::pull);
        add("orders", parts.orders()::receive);
        workers.add(Worker.start("cluster-lost", () -> {
            parts.nodes().lookForLost();
            Thread.sleep(Math.max(TICK.toMillis(), config.lease().toMillis() / LOOKS));
        }));
        workers.add(Worker.start("cluster-reconcile", () -> {
            Thread.sleep(config.lease().plus(TICK));
            parts.reconciler().reconcile();
            Thread.sleep(config.reconcile());
        }));
    }

    /** First the leases, so that a lost node's are over by the time that the node is found to be lost. */
    private void beat() throws InterruptedException {
        long begun = System.nanoTime();
        try {
            parts.registry().renew();
            parts.nodes().beat();
            waiting = parts.joins().size();
            oldest = parts.joins().oldest();
        } catch (RegistryAwayException e) {
            Thread.sleep(TICK);
            return;
        }
        long spent = System.nanoTime() - begun;
        Thread.sleep(Math.max(TICK.toMillis(), config.renew().minusNanos(spent).toMillis()));
    }

    /** After the streams were released, and so given back. */
    void stop() {
        if (workers.isEmpty()) {
            return;
        }
        end(FAREWELL);
        try {
            parts.nodes().leave();
        } catch (RegistryAwayException e) {
            LOG.debug("Redis is away as this node stops; the others will find out");
        }
    }

    /**
     * Ends the threads, and tells nobody.
     *
     * @param patience what they may take, all together, for what they have begun
     */
    void end(Duration patience) {
        workers.forEach(Worker::end);
        long deadline = System.nanoTime() + patience.toNanos();
        try {
            for (Worker worker : workers) {
                worker.await(Duration.ofNanos(Math.max(1, deadline - System.nanoTime())));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
