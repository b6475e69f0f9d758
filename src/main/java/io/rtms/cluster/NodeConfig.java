package io.rtms.cluster;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

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

    /** What a stream costs for each medium that it asks for. */
    Cost cost();

    /** By medium. */
    interface Cost {
        /** For audio. */
        @WithDefault("1")
        double audio();

        /** For video. */
        @WithDefault("4")
        double video();

        /** For desk share. */
        @WithDefault("2")
        double deskshare();

        /** For transcripts. */
        @WithDefault("0.1")
        double transcript();

        /** For chat. */
        @WithDefault("0.1")
        double chat();
    }
}
