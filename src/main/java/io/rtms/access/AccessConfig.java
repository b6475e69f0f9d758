package io.rtms.access;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Who may use the API and the relay. */
@ConfigMapping(prefix = "rtms.access")
interface AccessConfig {
    /** Bearer tokens of which any lets in. With none, a random one is made at start and printed once. */
    Optional<List<String>> tokens();

    /** Lets everybody in; said at every start. */
    @WithDefault("false")
    boolean open();

    /** Origins of pages that may use the API and the relay besides the service's own, e.g. {@code https://app.example.com}; {@code *} for all. */
    Optional<List<String>> origins();

    /**
     * Names by which the API and the relay may be asked for, as browsers send them in {@code Host}; {@code *} for all. With none: all where tokens
     * are asked for, and this machine's own where {@link #open} lets everybody in.
     */
    Optional<List<String>> hosts();

    /** Tickets for browsers. */
    TicketsConfig tickets();

    /** Single-use credentials for one stream. */
    interface TicketsConfig {
        /** How long one is good for, unless asked otherwise. */
        @WithDefault("60S")
        Duration ttl();

        /** How long one may be good for at the most. */
        @WithDefault("10M")
        Duration maxTtl();

        /** How many may be out. */
        @WithDefault("10000")
        int most();
    }
}
