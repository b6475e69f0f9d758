package io.rtms.cluster;

import jakarta.inject.Singleton;

/** Ids of streams that wait for a node with room. What stands in it is a hint: whether a stream is wanted, and free, its record and its lease say. */
@Singleton
class JoinQueue extends GroupStream {
    JoinQueue(RedisStore redis, Node node, ClusterConfig config) {
        super(redis, redis.keys().joins(), node.id(), config.claimAfter());
    }
}
