package io.rtms.cluster;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.runtime.annotations.RegisterForReflection;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Response;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jboss.logging.Logger;

/** The nodes there are: this one shows that it is alive, and notices which ones do so no longer; what they had goes back to the queue. */
@Singleton
public class Nodes {
    private static final Logger LOG = Logger.getLogger(Nodes.class);

    /** Looks within a lease's time. */
    private static final int TURNS = 10;

    private final RedisStore redis;
    private final Keys keys;
    private final Node node;
    private final JoinPuller puller;
    private final JoinQueue joins;
    private final Joiner joiner;
    private final ObjectMapper json;
    private final NodeConfig config;
    private final Duration lease;
    private final long since = System.currentTimeMillis();

    Nodes(
            RedisStore redis,
            Node node,
            JoinPuller puller,
            JoinQueue joins,
            Joiner joiner,
            ObjectMapper json,
            NodeConfig config,
            ClusterConfig cluster) {
        this.redis = redis;
        this.keys = redis.keys();
        this.node = node;
        this.puller = puller;
        this.joins = joins;
        this.joiner = joiner;
        this.json = json;
        this.config = config;
        this.lease = cluster.lease();
    }

    /**
     * A node, by its own word.
     *
     * @param id tells it from an earlier process of the same name
     * @param name {@code rtms.node.name}
     * @param sinceMs when it began, milliseconds since the epoch
     * @param streams how many it has
     * @param maxStreams how many it may have
     * @param cost what they cost
     * @param maxCost what they may cost
     * @param draining whether it takes no more
     */
    @RegisterForReflection
    public record View(
            String id,
            String name,
            long sinceMs,
            int streams,
            int maxStreams,
            double cost,
            double maxCost,
            boolean draining) {}

    /** This node. */
    View own() {
        return new View(
                node.id(),
                node.name(),
                since,
                puller.streams(),
                config.maxStreams(),
                puller.cost(),
                config.maxCost(),
                joiner.isStopping());
    }

    /** Shows that this node is alive. */
    void beat() {
        redis.call(Command.SET, keys.alive(node.id()), json.valueToTree(own()).toString(), "PX", lease.toMillis());
        redis.call(Command.SADD, keys.nodes(), node.id());
    }

    /** This node goes. It has given back what it had, but for what went wrong. */
    void leave() {
        redis.call(Command.DEL, keys.alive(node.id()));
        redis.call(Command.SMEMBERS, keys.streams(node.id())).forEach(streamId -> joins.add(streamId.toString()));
        forget(node.id());
    }

    /** All that are alive. */
    public List<View> all() {
        List<View> views = new ArrayList<>();
        for (String id : ids()) {
            Response alive = redis.call(Command.GET, keys.alive(id));
            if (alive != null) {
                views.add(view(alive.toString()));
            }
        }
        return views;
    }

    private View view(String text) {
        try {
            JsonNode one = json.readTree(text);
            return json.treeToValue(one, View.class);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a node describes itself in another form", e);
        }
    }

    private List<String> ids() {
        List<String> ids = new ArrayList<>();
        redis.call(Command.SMEMBERS, keys.nodes()).forEach(id -> ids.add(id.toString()));
        return ids;
    }

    /** Takes what lost nodes had back into the queue. Not soon after Redis was away: then nobody could show that it is alive. */
    void lookForLost() {
        if (redis.backFor().compareTo(lease) < 0 || !isMyTurn()) {
            return;
        }
        for (String id : ids()) {
            if (!id.equals(node.id())
                    && redis.call(Command.EXISTS, keys.alive(id)).toInteger() == 0) {
                takeBack(id);
            }
        }
    }

    /** One node at a time is enough. */
    private boolean isMyTurn() {
        String turn = keys.once("turn", "lost");
        return redis.call(Command.SET, turn, node.id(), "NX", "PX", lease.toMillis() / TURNS) != null;
    }

    /** Whoever removes it first does the rest. */
    private void takeBack(String id) {
        Response had = redis.call(Command.SMEMBERS, keys.streams(id));
        if (redis.call(Command.SREM, keys.nodes(), id).toInteger() == 0) {
            return;
        }
        LOG.warnf("Node %s is lost; its %d streams go to others", id, had.size());
        had.forEach(streamId -> joins.add(streamId.toString()));
        forget(id);
    }

    private void forget(String id) {
        redis.call(Command.SREM, keys.nodes(), id);
        redis.call(Command.DEL, keys.streams(id));
        redis.call(Command.DEL, keys.orders(id));
    }
}
