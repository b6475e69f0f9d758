package io.rtms.access;

import io.micrometer.core.instrument.MeterRegistry;
import jakarta.inject.Singleton;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.jboss.logging.Logger;

/**
 * Decides who may use the API and the relay. Every guarded door asks {@link #check} and, for browsers, {@link #checkOrigin}; whoever is
 * turned away goes through {@link #refused}, so that each refusal is logged and counted once. Safe for any thread, never blocks.
 */
@Singleton
public class Access {
    private static final Logger LOG = Logger.getLogger(Access.class);
    private static final int RANDOM_TOKEN_BYTES = 24;

    private final boolean open;
    private final Tokens tokens;
    private final Optional<String> randomToken;
    private final Origins origins;
    private final MeterRegistry metrics;

    Access(AccessConfig config, MeterRegistry metrics) {
        List<String> configured = config.tokens().orElse(List.of()).stream()
                .map(String::strip)
                .filter(token -> !token.isEmpty())
                .toList();
        this.open = config.open();
        this.randomToken = open || !configured.isEmpty() ? Optional.empty() : Optional.of(random());
        this.tokens = new Tokens(randomToken.map(List::of).orElse(configured));
        this.origins = new Origins(config.origins().orElse(List.of()));
        this.metrics = metrics;
    }

    /**
     * Whether this credential opens this scope.
     *
     * @param credential the bearer token as presented; empty where there was none
     * @return empty if it does, else why not
     */
    public Optional<Refusal> check(Optional<String> credential, Scope scope) {
        if (open) {
            return Optional.empty();
        }
        if (credential.isEmpty()) {
            return Optional.of(Refusal.NO_TOKEN);
        }
        return tokens.contains(credential.get()) ? Optional.empty() : Optional.of(Refusal.WRONG_TOKEN);
    }

    /**
     * Whether a page of this origin may connect. Who sends no origin is no browser and passes.
     *
     * @param origin the {@code Origin} header
     * @param host the {@code Host} header: the service's own name as this client knows it
     */
    public Optional<Refusal> checkOrigin(Optional<String> origin, Optional<String> host) {
        return origin.isEmpty() || origins.allow(origin.get(), host.orElse(""))
                ? Optional.empty()
                : Optional.of(Refusal.FOREIGN_ORIGIN);
    }

    /**
     * Writes a refusal to the log and counts it.
     *
     * @param who address of the client
     * @param what method and path without the query, which may carry a token
     */
    public void refused(Refusal reason, String who, String what) {
        LOG.warnf("Access refused: %s to %s: %s", printable(who), printable(what), reason.text());
        metrics.counter("rtms.access.refused", "reason", reason.label()).increment();
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

    /** A request must not write lines of its own into the log. */
    private static String printable(String text) {
        return text.replaceAll("\\p{Cntrl}", "?");
    }
}
