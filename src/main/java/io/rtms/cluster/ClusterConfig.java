package io.rtms.cluster;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** Several nodes that share streams, transcripts and webhooks by Redis ({@code quarkus.redis.hosts}). */
@ConfigMapping(prefix = "rtms.cluster")
public interface ClusterConfig {
    /** Whether this node is one of several. All of them have the same configuration, but for {@code rtms.node}. */
    @WithDefault("false")
    boolean enabled();

    /** What the names of keys and channels in Redis begin with. */
    @WithDefault("rtms:")
    String prefix();

    /** How long a node that shows no sign of life keeps its streams: after this time others take them over. 1 second to 30 seconds. */
    @WithDefault("10S")
    Duration lease();

    /** How often a node shows that it is alive; several times within {@code lease}. */
    @WithDefault("3S")
    Duration renew();

    /** How long an answer of Redis is waited for. */
    @WithDefault("2S")
    Duration timeout();

    /** How often all streams are looked through for those that nobody has. */
    @WithDefault("1M")
    Duration reconcile();

    /** A webhook that a node took and did not act on within this time is another node's to act on. */
    @WithDefault("15S")
    Duration claimAfter();

    /** A stream that nobody could join for so long is given up: Zoom does not wait longer. */
    @WithDefault("10M")
    Duration giveUpAfter();

    /** How long Redis remembers a stream of which nothing is heard. */
    @WithDefault("24H")
    Duration keep();

    /** Webhooks that wait in Redis at the most; further ones are answered 503. */
    @WithDefault("100000")
    int intakeCapacity();
}
