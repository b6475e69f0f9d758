package io.rtms.cluster;

import io.rtms.media.MediaType;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.util.Map;

/** This node, among several. */
@ConfigMapping(prefix = "rtms.node")
public interface NodeConfig {
    /** Its name, as {@code GET /api/nodes} shows it. */
    @WithDefault("${HOSTNAME:localhost}")
    String name();

    /** Streams that it has at the most; further ones wait for another node. */
    @WithDefault("500")
    int maxStreams();

    /** What its streams may cost together, by {@code cost}. */
    @WithDefault("1000")
    double maxCost();

    /**
     * What a stream costs for each medium that it asks for: {@code rtms.node.cost.video=4}. Where nothing is set, audio 1, video 4, deskshare 2, chat and
     * transcript 0.1.
     */
    Map<MediaType, Double> cost();
}
