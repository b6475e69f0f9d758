package io.rtms.transcript.relay;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** The live relay of transcripts to browsers: WebSocket and server-sent events. */
@ConfigMapping(prefix = "rtms.relay")
interface RelayConfig {
    /** Name of this node, as clients see it. */
    @WithDefault("${HOSTNAME:localhost}")
    String node();

    /** How often a quiet connection hears a ping. One that answers none of three is closed. */
    @WithDefault("15S")
    Duration heartbeat();

    /** A connection that subscribes to nothing is closed after this time. */
    @WithDefault("15S")
    Duration subscribeTimeout();

    /** A connection that takes nothing of what is sent is closed after this time. */
    @WithDefault("60S")
    Duration sendTimeout();

    /** Connections accepted at once; above, the close code 4429, or 429 for server-sent events. */
    @WithDefault("10000")
    int maxConnections();
}
