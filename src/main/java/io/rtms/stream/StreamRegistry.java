package io.rtms.stream;

import io.rtms.event.Cause;
import java.util.List;
import java.util.function.Consumer;

/**
 * The streams that are to be joined, written down where they outlive this process, and who has which: for one node the {@link StreamJournal}, for
 * several what they share. Safe for any thread; methods may wait for a store, but not for long.
 */
public interface StreamRegistry {
    /** What a program joins by itself is nobody else's to join again. */
    enum Restore {
        BY_ANYBODY,
        BY_NOBODY
    }

    /** What this process is to join as it starts, the oldest first. */
    List<JoinRequest> pending();

    /**
     * Takes a stream for this process, before it connects.
     *
     * @param lost told when another process may have it: to let go at once
     * @throws HeldElsewhereException where another process has it
     * @throws RegistryAwayException where that cannot be known now
     */
    Lease take(JoinRequest request, Restore restore, Consumer<Cause> lost);

    /**
     * Writes down a stream that came too late for this process.
     *
     * @return false where that cannot be, and the stream is lost
     */
    boolean leaveBehind(JoinRequest request);

    /** Another process has the stream. */
    final class HeldElsewhereException extends RuntimeException {
        private static final long serialVersionUID = 1;

        private final String holder;

        /** @param holder name of that process */
        public HeldElsewhereException(String streamId, String holder) {
            super("stream %s is held by node %s".formatted(streamId, holder));
            this.holder = holder;
        }

        /** Name of the process that has it. */
        public String holder() {
            return holder;
        }
    }

    /** What the nodes share is out of reach. */
    final class RegistryAwayException extends RuntimeException {
        private static final long serialVersionUID = 1;

        public RegistryAwayException(String message, Throwable cause) {
            super(message, cause);
        }
    }
}
