package io.rtms.access;

import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** Where tickets that are out are kept, each by the digest of its value. Safe for any thread. */
public interface TicketStore {
    /**
     * Keeps a ticket. May wait for a moment.
     *
     * @param fingerprint digest of the ticket, which is kept nowhere
     * @param grant what it opens
     * @param expires when it is worth nothing any more
     * @return false where as many are out as there may be
     */
    boolean keep(String fingerprint, Grant grant, Instant expires);

    /**
     * Takes a ticket out: whoever comes second gets nothing. Does not wait.
     *
     * @return what it opens; empty where it is unknown, used up, too old, or cannot be asked for now. Never fails. On an event loop it is told there.
     */
    CompletionStage<Optional<Grant>> take(String fingerprint);
}
