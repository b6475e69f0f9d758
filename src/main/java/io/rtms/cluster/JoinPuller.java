package io.rtms.cluster;

import io.rtms.StoppingException;
import io.rtms.stream.JoinRequest;
import io.rtms.stream.StoredRequest;
import jakarta.inject.Singleton;
import java.time.Duration;
import org.jboss.logging.Logger;

/** Takes streams from the queue as long as this node has room for them, the fuller it is the later, and joins them. */
@Singleton
class JoinPuller {
    private static final Logger LOG = Logger.getLogger(JoinPuller.class);
    private static final Duration WAIT = Duration.ofMillis(500);
    /** Between looks at a node without room. */
    private static final Duration FULL_PAUSE = Duration.ofMillis(200);
    /** What a node that is full but for one stream leaves to others before it takes that. */
    private static final Duration COURTESY = Duration.ofMillis(50);

    private final JoinQueue queue;
    private final RedisRegistry registry;
    private final RedisStore redis;
    private final Joiner joiner;
    private final Capacity capacity;
    private final Duration lease;

    JoinPuller(
            JoinQueue queue,
            RedisRegistry registry,
            RedisStore redis,
            Joiner joiner,
            NodeConfig node,
            ClusterConfig config) {
        this.queue = queue;
        this.registry = registry;
        this.redis = redis;
        this.joiner = joiner;
        this.capacity = Capacity.of(node);
        this.lease = config.lease();
    }

    /** Streams that this node has. */
    int streams() {
        return registry.held().size();
    }

    /** What they cost. */
    double cost() {
        return streams() * capacity.costOf(joiner.requestedMedia());
    }

    boolean hasRoom() {
        return !joiner.isStopping() && capacity.hasRoom(streams(), cost(), capacity.costOf(joiner.requestedMedia()));
    }

    /** One round. */
    void pull() throws InterruptedException {
        if (!hasRoom()) {
            Thread.sleep(FULL_PAUSE);
            return;
        }
        Thread.sleep((long) (COURTESY.toMillis() * capacity.fullness(streams(), cost())));
        for (GroupStream.Entry entry : queue.next(1, WAIT)) {
            take(entry);
        }
    }

    private void take(GroupStream.Entry entry) throws InterruptedException {
        String streamId = entry.value();
        boolean sparing = redis.backFor().compareTo(lease) < 0;
        switch (registry.takeUp(streamId, sparing)) {
            case RedisRegistry.Taken.Ours ours -> join(streamId, ours);
            case RedisRegistry.Taken.Elsewhere elsewhere ->
                LOG.debugf("Stream %s is with node %s already", streamId, elsewhere.node());
            case RedisRegistry.Taken.NotNow notNow -> {
                if (notNow.later()) {
                    Thread.sleep(FULL_PAUSE);
                    queue.add(streamId);
                }
            }
        }
        queue.done(entry);
    }

    private void join(String streamId, RedisRegistry.Taken.Ours taken) {
        try {
            JoinRequest request = StoredRequest.read(taken.request()).toBuilder()
                    .rejoin(taken.hadHolder())
                    .build();
            if (!joiner.join(request)) {
                LOG.debugf("Stream %s is under way here", streamId);
            }
        } catch (StoppingException e) {
            LOG.debugf("Stream %s is left to another node: this one stops", streamId);
            registry.letGo(streamId, "");
        } catch (IllegalArgumentException e) {
            LOG.errorf("Stream %s cannot be joined: %s", streamId, e.getMessage());
            registry.letGo(streamId, RedisRegistry.ENDED);
        }
    }
}
