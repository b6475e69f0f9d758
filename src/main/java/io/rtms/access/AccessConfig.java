package io.rtms.access;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Who may use the API and the relay. */
@ConfigMapping(prefix = "rtms.access")
interface AccessConfig {
    /** Bearer tokens that may use the API and the relay. With none, a random one is made at start and printed once, with the page's address. */
    Optional<List<String>> tokens();

    /** {@code true} lets everybody in, and a line at every start says so. */
    @WithDefault("false")
    boolean open();

    /** Origins of pages that may use the API and the relay besides the service's own, e.g. {@code https://app.example.com}; {@code *} for all. */
    Optional<List<String>> origins();

    /**
     * Names by which browsers may ask for the API and the relay (their {@code Host} header), against DNS rebinding; {@code *} for all.
     * {@code localhost} and IP addresses always pass. Empty: all names where tokens are asked for, and no other name where {@link #open} lets
     * everybody in.
     */
    Optional<List<String>> hosts();

    /**
     * Paths that ask for a token too, each with everything below it: {@code /keywords} of a program that embeds the service, for example. The service's own
     * resources always ask for one; as a program it sets {@code /api}, so that nothing below it says without a token whether it is there.
     */
    Optional<List<String>> paths();

    /** Tickets for browsers ({@code POST /api/tickets}): single-use credentials for one stream. */
    TicketsConfig tickets();

    /** Single-use credentials for one stream. */
    interface TicketsConfig {
        /** How long a ticket is good for, unless asked otherwise. */
        @WithDefault("60S")
        Duration ttl();

        /** How long a ticket may be good for at the most. */
        @WithDefault("10M")
        Duration maxTtl();

        /** How many tickets may be out at once; above, 429. */
        @WithDefault("10000")
        int most();
    }
}
