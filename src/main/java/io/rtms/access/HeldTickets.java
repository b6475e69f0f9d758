package io.rtms.access;

import jakarta.enterprise.inject.Typed;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Tickets in this process' memory, never more than {@code rtms.access.tickets.most}. Never waits. */
@Singleton
@Typed(HeldTickets.class)
public class HeldTickets implements TicketStore {
    private final int most;
    private final InstantSource clock;
    private final Map<String, Held> held = new HashMap<>();

    @Inject
    HeldTickets(AccessConfig config) {
        this(config.tickets(), InstantSource.system());
    }

    HeldTickets(AccessConfig.TicketsConfig config, InstantSource clock) {
        this.most = config.most();
        this.clock = clock;
    }

    /** @param grant empty where what it opens is kept elsewhere, and it is only counted here */
    private record Held(Optional<Grant> grant, Instant expires) {}

    @Override
    public boolean keep(String fingerprint, Grant grant, Instant expires) {
        return add(fingerprint, new Held(Optional.of(grant), expires));
    }

    /** Counts a ticket that is kept elsewhere among those that are out; false where there are as many as there may be. */
    public boolean count(String fingerprint, Instant expires) {
        return add(fingerprint, new Held(Optional.empty(), expires));
    }

    private synchronized boolean add(String fingerprint, Held ticket) {
        if (held.size() >= most && !held.containsKey(fingerprint)) {
            Instant now = clock.instant();
            held.values().removeIf(other -> !now.isBefore(other.expires()));
            if (held.size() >= most) {
                return false;
            }
        }
        held.put(fingerprint, ticket);
        return true;
    }

    @Override
    public CompletionStage<Optional<Grant>> take(String fingerprint) {
        return CompletableFuture.completedFuture(remove(fingerprint));
    }

    /** The same at once. */
    public synchronized Optional<Grant> remove(String fingerprint) {
        return Optional.ofNullable(held.remove(fingerprint))
                .filter(ticket -> clock.instant().isBefore(ticket.expires()))
                .flatMap(Held::grant);
    }
}
