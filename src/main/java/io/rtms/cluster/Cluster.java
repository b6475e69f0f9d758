package io.rtms.cluster;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.ShutdownEvent;
import io.rtms.RtmsManager;
import io.rtms.ServiceStarted;
import io.rtms.access.HeldTickets;
import io.rtms.access.TicketStore;
import io.rtms.media.MediaType;
import io.rtms.stream.JoinRequest;
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
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.jboss.logging.Logger;

/** This node's work among the others, from the start to the end; nothing where it is alone. */
@Singleton
public class Cluster {
    private static final Logger LOG = Logger.getLogger(Cluster.class);

    private final ClusterConfig config;
    private final NodeConfig nodeConfig;
    private final long since = System.currentTimeMillis();
    private final Instance<NodeWork> work;
    private final MeterRegistry metrics;

    Cluster(ClusterConfig config, NodeConfig nodeConfig, Instance<NodeWork> work, MeterRegistry metrics) {
        this.config = config;
        this.nodeConfig = nodeConfig;
        this.work = work;
        this.metrics = metrics;
    }

    @Produces
    @Singleton
    static Joiner joiner(RtmsManager manager) {
        return new Joiner() {
            @Override
            public boolean isStopping() {
                return manager.isStopping();
            }

            @Override
            public Set<MediaType> requestedMedia() {
                return manager.requestedMedia();
            }

            @Override
            public boolean join(JoinRequest request) {
                return manager.join(request).isNew();
            }
        };
    }

    /** Who knows which streams this process may join. */
    @Produces
    @Singleton
    static StreamRegistry registry(ClusterConfig config, Instance<RedisRegistry> shared, StreamJournal journal) {
        return config.enabled() ? shared.get() : journal;
    }

    /** Where tickets are kept that this process takes. */
    @Produces
    @Singleton
    static TicketStore tickets(ClusterConfig config, Instance<RedisTickets> shared, HeldTickets own) {
        return config.enabled() ? shared.get() : own;
    }

    /** Has a thread of the cluster do the same again and again, until this node stops; while Redis is away it waits. */
    public void work(String name, Worker.Work more) {
        work.get().add(name, more);
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
        NodeWork.Parts all = work.get().parts();
        return new State(
                all.node().id(),
                all.redis().isAway(),
                all.puller().streams(),
                work.get().waiting());
    }

    /**
     * What Redis says of itself.
     *
     * @throws RegistryAwayException where it cannot be reached
     * @throws IllegalStateException where it refuses
     */
    public Map<String, String> redisInfo() {
        Map<String, String> info = new HashMap<>();
        String text = work.get().parts().redis().call(Command.INFO).toString();
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
        if (config.enabled()) {
            LOG.infof("Node %s of a cluster", work.get().parts().node().id());
            work.get().start();
        }
    }

    /** Also of a node that is alone, so that alerts and dashboards find what they ask for. */
    private void gauges() {
        Gauge.builder(
                        "rtms.cluster.joins.waiting",
                        () -> config.enabled() ? work.get().waiting() : 0)
                .description("Streams that were accepted and wait for a node with room")
                .register(metrics);
        Gauge.builder(
                        "rtms.cluster.joins.oldest.seconds",
                        () -> config.enabled() ? ageOf(work.get().oldest()) : 0)
                .description("How long the first of them has been waiting")
                .register(metrics);
        Gauge.builder(
                        "rtms.cluster.leases",
                        () -> config.enabled() ? work.get().parts().puller().streams() : 0)
                .description("Streams that this node has, of those that nodes share")
                .register(metrics);
        Gauge.builder(
                        "rtms.cluster.redis.up",
                        () -> config.enabled() && work.get().parts().redis().isAway() ? 0 : 1)
                .description("1 while Redis can be reached, or is not in use")
                .register(metrics);
    }

    private static double ageOf(long time) {
        return time == 0 ? 0 : Math.max(0, System.currentTimeMillis() - time) / 1000.0;
    }

    /** After the streams were released, and so given back. */
    void stop(
            @Observes(notifyObserver = Reception.IF_EXISTS) @Priority(Interceptor.Priority.LIBRARY_AFTER + 1)
                    ShutdownEvent event) {
        if (config.enabled()) {
            work.get().stop();
        }
    }
}
