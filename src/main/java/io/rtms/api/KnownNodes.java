package io.rtms.api;

import com.fasterxml.jackson.databind.JsonNode;
import io.rtms.RtmsManager;
import io.rtms.ServiceStarting;
import io.rtms.cluster.Cluster;
import io.rtms.cluster.Colleagues;
import io.rtms.cluster.Nodes;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Singleton;
import java.util.Comparator;
import java.util.List;

/** The nodes that requests may name; where there is no cluster, this one. May wait for another node. */
@Singleton
class KnownNodes {
    private static final String DRAIN = "drain";

    private final RtmsManager manager;
    private final Cluster cluster;
    private final Instance<Colleagues> colleagues;

    KnownNodes(RtmsManager manager, Cluster cluster, Instance<Colleagues> colleagues) {
        this.manager = manager;
        this.cluster = cluster;
        this.colleagues = colleagues;
    }

    /** From now on other nodes may tell this one to drain. */
    void onStarting(@Observes ServiceStarting event) {
        if (cluster.isEnabled()) {
            colleagues.get().answer(DRAIN, about -> drainHere());
        }
    }

    /** Empties this node; returns at once. */
    JsonNode drainHere() {
        Thread.ofVirtual().name("rtms-drain").start(manager::drain);
        return StreamQuestion.NOTHING;
    }

    /** Those that are alive. */
    List<Nodes.View> all() {
        if (!cluster.isEnabled()) {
            int running = (int) manager.streams().stream()
                    .filter(stream -> !stream.state().isFinal())
                    .count();
            return List.of(cluster.alone(running, manager.isStopping()));
        }
        return colleagues.get().all().stream()
                .sorted(Comparator.comparing(Nodes.View::name).thenComparing(Nodes.View::id))
                .toList();
    }

    /** Empties a node. */
    void drain(Nodes.View node) {
        if (!cluster.isEnabled() || colleagues.get().isOwn(node.id())) {
            drainHere();
        } else {
            colleagues.get().ask(node.id(), DRAIN, StreamQuestion.NOTHING);
        }
    }
}
