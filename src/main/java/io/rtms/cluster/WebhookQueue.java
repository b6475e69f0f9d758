package io.rtms.cluster;

import io.rtms.stream.StreamRegistry.RegistryAwayException;
import io.vertx.redis.client.Command;
import jakarta.inject.Singleton;
import java.time.Duration;
import org.jboss.logging.Logger;

/** Webhooks that some node has accepted, for any of them to act on. */
@Singleton
public class WebhookQueue {
    private static final Logger LOG = Logger.getLogger(WebhookQueue.class);
    private static final int BATCH = 16;
    private static final Duration WAIT = Duration.ofMillis(500);

    private final RedisStore redis;
    private final GroupStream stream;
    private final int capacity;
    private final Duration giveUpAfter;

    WebhookQueue(RedisStore redis, Node node, ClusterConfig config) {
        this.redis = redis;
        this.stream = new GroupStream(redis, redis.keys().webhooks(), node.id(), config.claimAfter());
        this.capacity = config.intakeCapacity();
        this.giveUpAfter = config.giveUpAfter();
    }

    /** What came of the wish to add something. */
    public enum Added {
        ADDED,
        ADDED_BEFORE,
        FULL
    }

    /** Takes in what is in the queue. */
    public interface Taker {
        /**
         * @param again whether another node had it, and may have acted on it or not
         * @param done to be run when it was acted on
         */
        void take(String entry, boolean again, Runnable done) throws InterruptedException;
    }

    /**
     * Adds an entry, unless one with this signature was added within this time.
     *
     * @throws RegistryAwayException where Redis is away
     */
    public Added add(String signature, Duration memory, String entry) {
        if (stream.size() >= capacity) {
            return Added.FULL;
        }
        String once = redis.keys().once("replay", signature);
        if (redis.call(Command.SET, once, "1", "NX", "PX", memory.toMillis()) == null) {
            return Added.ADDED_BEFORE;
        }
        try {
            stream.add(entry);
        } catch (RuntimeException e) {
            redis.call(Command.DEL, once);
            throw e;
        }
        return Added.ADDED;
    }

    /** Has this taker take the next entries, waiting a while for the first; and what another node had, and did not say to be done with. */
    public void next(Taker taker) throws InterruptedException {
        for (GroupStream.Entry entry : stream.next(BATCH, WAIT)) {
            if (entry.again() && System.currentTimeMillis() - entry.addedAt() > giveUpAfter.toMillis()) {
                LOG.errorf("A webhook that no node could act on in %d s is given up", giveUpAfter.toSeconds());
                done(entry);
                continue;
            }
            taker.take(entry.value(), entry.again(), () -> done(entry));
        }
    }

    private void done(GroupStream.Entry entry) {
        try {
            stream.done(entry);
        } catch (RegistryAwayException e) {
            LOG.debug("Redis is away as a webhook was acted on; another node will act on it again");
        }
    }
}
