package io.rtms.stream;

import io.rtms.event.Cause;
import java.util.concurrent.Future;

/**
 * Where a stream stands within, finer than what observers see ({@link io.rtms.event.StreamState}).
 *
 * <pre>
 *   Idle --join--> Connecting --JOINED--> Live --MEDIA_LOST--> MediaDown --JOINED--> Live
 *                    |    ^                |                       |
 *        DISCONNECTED|    |timer,          |DISCONNECTED           |DISCONNECTED
 *                    v    |new servers     v                       v
 *                   Waiting <--------------+-----------------------+
 *                      |
 *                      | no more tries
 *                      v
 *   any --leave, new servers--> Closing --DISCONNECTED--> Over, or Connecting again
 *   any --Zoom ended it-------> Ending  --DISCONNECTED--> Over
 * </pre>
 *
 * An event that a phase has no arrow for changes nothing.
 */
sealed interface StreamPhase {
    /** Whether the native side has, or may have, sockets for the stream that are not being closed. */
    default boolean hasSockets() {
        return false;
    }

    /** What runs out in this phase and is cancelled with it; null where nothing does. */
    default Future<?> timer() {
        return null;
    }

    /** A phase with sockets. */
    sealed interface Connected extends StreamPhase {
        @Override
        default boolean hasSockets() {
            return true;
        }
    }

    /** Not joined yet. */
    record Idle() implements StreamPhase {}

    /**
     * An attempt runs.
     *
     * @param attempt its number, from 1
     * @param sinceNanos when the trouble, or the first attempt, began
     */
    record Connecting(int attempt, long sinceNanos) implements Connected {}

    /** Media flows. */
    record Live() implements Connected {}

    /**
     * Signaling lives, some media are lost; a timer connects them again, or does so just now.
     *
     * @param failed attempts in vain so far
     */
    record MediaDown(int failed, Future<?> timer) implements Connected {}

    /**
     * Nothing is connected; a timer starts the next attempt.
     *
     * @param attempt number of the attempt that failed last
     * @param sinceNanos when the trouble began
     */
    record Waiting(int attempt, long sinceNanos, Future<?> timer) implements StreamPhase {}

    /**
     * We are closing the sockets.
     *
     * @param then the end, or null to connect again
     */
    record Closing(Cause then) implements StreamPhase {}

    /** Zoom ended the stream; what is under way is still taken in until the sockets close or the timer closes them. */
    record Ending(Cause cause, Future<?> timer) implements Connected {}

    /** Nothing follows. */
    record Over(Cause cause) implements StreamPhase {}
}
