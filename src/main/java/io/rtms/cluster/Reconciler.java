package io.rtms.cluster;

import io.vertx.redis.client.Command;
import io.vertx.redis.client.Response;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jboss.logging.Logger;

/**
 * Looks through all streams that somebody is to have for those that nobody has, whatever was the reason, and puts them back into the queue; one that nobody
 * could join for long is given up. One node at a time does so.
 */
@Singleton
class Reconciler {
    private static final Logger LOG = Logger.getLogger(Reconciler.class);
    private static final int PAGE = 500;

    private final RedisStore redis;
    private final Keys keys;
    private final Node node;
    private final JoinQueue joins;
    private final RedisRegistry registry;
    private final Duration period;
    private final Duration giveUpAfter;

    Reconciler(RedisStore redis, Node node, JoinQueue joins, RedisRegistry registry, ClusterConfig config) {
        this.redis = redis;
        this.keys = redis.keys();
        this.node = node;
        this.joins = joins;
        this.registry = registry;
        this.period = config.reconcile();
        this.giveUpAfter = config.giveUpAfter();
    }

    /** One round, unless another node has just done it. */
    void reconcile() {
        Response turn = redis.call(
                Command.SET, keys.once("turn", "reconcile"), node.id(), "NX", "PX", period.toMillis() * 3 / 4);
        if (turn == null) {
            return;
        }
        String cursor = "0";
        do {
            Response page = redis.call(Command.SSCAN, keys.streams(), cursor, "COUNT", PAGE);
            cursor = page.get(0).toString();
            List<String> streamIds = new ArrayList<>();
            page.get(1).forEach(streamId -> streamIds.add(streamId.toString()));
            look(streamIds);
        } while (!cursor.equals("0"));
    }

    /** All of a page are asked for at once: each may lie on another server. */
    private void look(List<String> streamIds) {
        List<CompletableFuture<Response>> leases = streamIds.stream()
                .map(streamId -> redis.callAsync(Command.GET, keys.lease(streamId)))
                .toList();
        for (int i = 0; i < leases.size(); i++) {
            if (redis.await(leases.get(i)) == null) {
                lookAfter(streamIds.get(i));
            }
        }
    }

    private void lookAfter(String streamId) {
        if (registry.wanted(streamId).isEmpty()) {
            redis.call(Command.SREM, keys.streams(), streamId);
            return;
        }
        long now = System.currentTimeMillis();
        redis.call(Command.HSETNX, keys.record(streamId), Script.ALONE_SINCE, now);
        Response since = redis.call(Command.HGET, keys.record(streamId), Script.ALONE_SINCE);
        if (since != null && now - since.toLong() > giveUpAfter.toMillis()) {
            LOG.errorf("Stream %s is given up: no node could join it in %d s", streamId, giveUpAfter.toSeconds());
            registry.unwant(streamId);
        } else {
            LOG.infof("Stream %s is wanted and no node has it: it goes back into the queue", streamId);
            joins.add(streamId);
        }
    }
}
