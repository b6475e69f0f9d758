package io.rtms.access;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/**
 * Tickets: for browsers, which cannot set headers on sockets and should not hold a token that opens everything. A ticket is used up by the first
 * who presents it, whatever comes of that, or by time. Only digests are kept, and are what is looked up, so that the time of an answer tells
 * nothing about a ticket. Safe for any thread.
 */
@Singleton
public class Tickets {
    private static final int BYTES = 32;

    private final AccessConfig.TicketsConfig config;
    private final TicketStore store;
    private final InstantSource clock;

    @Inject
    Tickets(AccessConfig config, TicketStore store) {
        this(config.tickets(), store, InstantSource.system());
    }

    Tickets(AccessConfig.TicketsConfig config, TicketStore store, InstantSource clock) {
        this.config = config;
        this.store = store;
        this.clock = clock;
    }

    /** How long a ticket may be good for at the most. */
    public Duration longest() {
        return config.maxTtl();
    }

    /**
     * Makes a ticket. May wait for a moment, where tickets are kept outside of this process.
     *
     * @param grant what it opens
     * @param ttl how long it is good for, at most {@link #longest()}; empty for {@code rtms.access.tickets.ttl}
     * @return empty where as many are out as there may be
     * @throws IllegalArgumentException where the time is not above 0, or too long
     */
    public Optional<Ticket> issue(Grant grant, Optional<Duration> ttl) {
        Duration time = ttl.orElse(config.ttl());
        if (time.isNegative() || time.isZero() || time.compareTo(config.maxTtl()) > 0) {
            throw new IllegalArgumentException("a ticket is good for 1 to %d s (rtms.access.tickets.max-ttl)"
                    .formatted(config.maxTtl().toSeconds()));
        }
        byte[] bytes = new byte[BYTES];
        new SecureRandom().nextBytes(bytes);
        String value = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
        Instant expires = clock.instant().plus(time);
        return store.keep(Tokens.fingerprint(value), grant, expires)
                ? Optional.of(new Ticket(value, grant, expires))
                : Optional.empty();
    }

    /** Takes a ticket in, see {@link TicketStore#take}. */
    CompletionStage<Optional<Grant>> redeem(String value) {
        return store.take(Tokens.fingerprint(value));
    }
}
