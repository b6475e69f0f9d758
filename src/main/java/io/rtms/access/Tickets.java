package io.rtms.access;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Tickets that are out: for browsers, which cannot set headers on sockets and should not hold a token that opens everything. A ticket is used up
 * by the first who presents it, whatever comes of that, or by time. There are never more than {@code rtms.access.tickets.most}. Only digests are
 * kept, and are what is looked up, so that the time of an answer tells nothing about a ticket. Safe for any thread, never blocks.
 */
@Singleton
public class Tickets {
    private static final int BYTES = 32;

    private final AccessConfig.TicketsConfig config;
    private final InstantSource clock;
    private final Map<String, Held> held = new HashMap<>();

    @Inject
    Tickets(AccessConfig config) {
        this(config.tickets(), InstantSource.system());
    }

    Tickets(AccessConfig.TicketsConfig config, InstantSource clock) {
        this.config = config;
        this.clock = clock;
    }

    private record Held(Grant grant, Instant expires) {}

    /** How long a ticket may be good for at the most. */
    public Duration longest() {
        return config.maxTtl();
    }

    /**
     * Makes a ticket.
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
        return keep(value, new Held(grant, expires))
                ? Optional.of(new Ticket(value, grant, expires))
                : Optional.empty();
    }

    private synchronized boolean keep(String value, Held ticket) {
        if (held.size() >= config.most()) {
            Instant now = clock.instant();
            held.values().removeIf(other -> !now.isBefore(other.expires()));
        }
        if (held.size() >= config.most()) {
            return false;
        }
        held.put(Tokens.fingerprint(value), ticket);
        return true;
    }

    /** Takes a ticket in; empty where it is unknown, used up or too old. */
    synchronized Optional<Grant> redeem(String value) {
        return Optional.ofNullable(held.remove(Tokens.fingerprint(value)))
                .filter(ticket -> clock.instant().isBefore(ticket.expires()))
                .map(Held::grant);
    }
}
