package io.rtms.access;

import java.time.Instant;

/**
 * A ticket as it is handed out; it is told once and kept nowhere.
 *
 * @param value what its holder presents
 * @param grant what it opens
 * @param expires when it is worth nothing any more
 */
public record Ticket(String value, Grant grant, Instant expires) {
    /** Without what is secret. */
    @Override
    public String toString() {
        return "Ticket[grant=%s, expires=%s]".formatted(grant, expires);
    }
}
