package io.rtms.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import io.rtms.cluster.Orders.RefusedException;
import io.rtms.stream.StreamRegistry.RegistryAwayException;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jboss.logging.Logger;

/** The other nodes, as this one talks with them. */
@Singleton
public class Colleagues {
    private static final Logger LOG = Logger.getLogger(Colleagues.class);

    private final Nodes nodes;
    private final Node own;
    private final Orders orders;
    private final RedisRegistry registry;

    Colleagues(Nodes nodes, Node own, Orders orders, RedisRegistry registry) {
        this.nodes = nodes;
        this.own = own;
        this.orders = orders;
        this.registry = registry;
    }

    /** Says how this node answers questions of a kind. */
    public void answer(String kind, Orders.Handler handler) {
        orders.handle(kind, handler);
    }

    /** The other node that has a stream. */
    public Optional<String> holder(String streamId) {
        return registry.holder(streamId).filter(holder -> !holder.equals(own.id()));
    }

    /** All nodes, this one among them. */
    public List<Nodes.View> all() {
        return nodes.all();
    }

    /** Asks one node, and waits: {@link Orders#ask}. */
    public JsonNode ask(String whom, String kind, JsonNode about) {
        return orders.ask(whom, kind, about);
    }

    /** Asks all others at once, and waits. Who does not answer is left out, and all of them while Redis is away. */
    public List<JsonNode> askAll(String kind, JsonNode about) {
        List<JsonNode> answers = new ArrayList<>();
        try {
            List<CompletableFuture<?>> asked = nodes.all().stream()
                    .filter(node -> !node.id().equals(own.id()))
                    .<CompletableFuture<?>>map(node -> orders.send(node.id(), kind, about))
                    .toList();
            for (CompletableFuture<?> one : asked) {
                try {
                    answers.add(orders.answer(one));
                } catch (RefusedException e) {
                    LOG.debugf("A node does not say its %s: %s", kind, e.getMessage());
                }
            }
        } catch (RegistryAwayException e) {
            LOG.debugf("Redis is away as all nodes were to be asked for their %s", kind);
        }
        return answers;
    }

    /** Whether a node is this one. */
    public boolean isOwn(String id) {
        return own.id().equals(id);
    }
}
