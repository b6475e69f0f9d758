package io.rtms.access;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.inject.Singleton;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.Stream;

/**
 * Decides who may use the API and the relay. Every guarded door asks {@link #admit} and, for browsers, {@link #checkOrigin};
 * whoever is turned away goes through {@link #refused}, so that each refusal is logged and counted once. Safe for any thread, never blocks.
 */
@Singleton
public class Access {
    private static final int RANDOM_TOKEN_BYTES = 24;

    private final boolean open;
    private final Tokens tokens;
    private final Tickets tickets;
    private final Optional<String> randomToken;
    private final Origins origins;
    private final Hosts hosts;
    private final AuditLog audit;
    private final MeterRegistry metrics;

    Access(AccessConfig config, Tickets tickets, AuditLog audit, MeterRegistry metrics) {
        List<String> configured = config.tokens().orElse(List.of()).stream()
                .map(String::strip)
                .filter(token -> !token.isEmpty())
                .toList();
        this.open = config.open();
        this.randomToken = open || !configured.isEmpty() ? Optional.empty() : Optional.of(random());
        this.tokens = new Tokens(randomToken.map(List::of).orElse(configured));
        this.tickets = tickets;
        this.origins = new Origins(config.origins().orElse(List.of()));
        this.hosts = new Hosts(config.hosts().orElse(List.of()), open);
        this.audit = audit;
        this.metrics = metrics;
        Stream.of(Refusal.values()).forEach(this::refusals);
    }

    /**
     * Lets somebody in by token or, without one, by ticket. A ticket is used up by this, whether it opens the scope or not.
     *
     * @param token the bearer token as presented; empty where there was none
     * @param ticket the ticket as presented; empty where there was none
     * @return what may be read, or why nothing; never fails. Only a ticket may take a moment, and that is told on the caller's event loop.
     */
    public CompletionStage<Admission> admit(Optional<String> token, Optional<String> ticket, Scope scope) {
        Optional<Admission> admission = byToken(token);
        return admission.isPresent() || ticket.isEmpty()
                ? CompletableFuture.completedFuture(admission.orElse(new Admission.Refused(Refusal.NO_TOKEN)))
                : tickets.redeem(ticket.get()).thenApply(grant -> byTicket(grant, scope));
    }

    /** Empty where there is no token, and one is asked for. */
    private Optional<Admission> byToken(Optional<String> token) {
        if (open) {
            return Optional.of(new Admission.Granted(Grant.EVERYTHING));
        }
        return token.map(value -> tokens.contains(value)
                ? new Admission.Granted(Grant.EVERYTHING)
                : new Admission.Refused(Refusal.WRONG_TOKEN));
    }

    private static Admission byTicket(Optional<Grant> grant, Scope scope) {
        if (grant.isEmpty()) {
            return new Admission.Refused(Refusal.WRONG_TICKET);
        }
        return scope.isWithin(grant.get())
                ? new Admission.Granted(grant.get())
                : new Admission.Refused(Refusal.FOREIGN_STREAM);
    }

    /**
     * Whether a page of this origin may connect, and by this name. Who sends no origin is no browser and passes.
     *
     * @param origin the {@code Origin} header
     * @param host the {@code Host} header: the service's own name as this client knows it
     */
    public Optional<Refusal> checkOrigin(Optional<String> origin, Optional<String> host) {
        return origin.isEmpty() || origins.allow(origin.get(), host.orElse(""))
                ? checkHost(host)
                : Optional.of(Refusal.FOREIGN_ORIGIN);
    }

    /**
     * Whether the service may be asked for by this name.
     *
     * @param host the {@code Host} header
     */
    public Optional<Refusal> checkHost(Optional<String> host) {
        return hosts.allow(host) ? Optional.empty() : Optional.of(Refusal.FOREIGN_HOST);
    }

    /**
     * Writes a refusal to the audit log and counts it.
     *
     * @param who address of the client
     * @param what method and path without the query, which may carry a token
     */
    public void refused(Refusal reason, AuditLog.Door door, String who, String what) {
        audit.refused(door, who, what, reason.text());
        refusals(reason).increment();
    }

    private Counter refusals(Refusal reason) {
        return metrics.counter("rtms.access.refused", "reason", reason.label());
    }

    /** Whether everybody is let in. */
    public boolean isOpen() {
        return open;
    }

    /** The token made at start where none is configured; only for the line that tells the operator. */
    Optional<String> randomToken() {
        return randomToken;
    }

    private static String random() {
        byte[] bytes = new byte[RANDOM_TOKEN_BYTES];
        new SecureRandom().nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
