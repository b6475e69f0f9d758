/**
 * Several nodes, one service: what they share is in Redis. Any node takes any webhook ({@link io.rtms.cluster.SharedQueue}), one has a stream at a time
 * ({@link io.rtms.cluster.RedisRegistry}), others take over what a lost node had ({@link io.rtms.cluster.Nodes}), and any of them reaches the one that has a
 * stream ({@link io.rtms.cluster.Orders}). Nothing here is in use unless {@code rtms.cluster.enabled} is set.
 *
 * <p>Keys begin with {@code rtms.cluster.prefix}; those of one stream have its id as their hash tag, so that a Redis Cluster keeps them together.
 */
package io.rtms.cluster;
