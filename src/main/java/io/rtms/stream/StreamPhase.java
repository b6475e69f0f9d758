package io.rtms.stream;

import io.rtms.event.Cause;
import io.rtms.event.StreamState;
import java.util.concurrent.Future;

/**
 * Where a stream stands within, finer than what observers see ({@link StreamState}).
 *
 * <pre>
 *   Idle --join--> Connecting --JOINED--> Live --MEDIA_LOST--> MediaDown --JOINED--> Live
 *                    |    ^                |                    |     |
 *        DISCONNECTED|    |timer,          |DISCONNECTED        |     |all media lost too long
 *                    v    |new servers     v                    |     v
 *                   Waiting <--------------+--DISCONNECTED------+   Closing --DISCONNECTED--> Connecting
 *                      |
 *                      | no more tries
 *                      v
 *   any --leave, release-----------> Closing --DISCONNECTED--> Over
 *   any --new servers--------------> Closing --DISCONNECTED--> Connecting
 *   any --Zoom ended it------------> Ending  --DISCONNECTED--> Over
 * </pre>
 *
 * The four cases of rtms-protocol section 7 are the arrows "new servers" (case 1), DISCONNECTED out of Live (case 2, as is an interruption that
 * a webhook tells of: it closes and connects), MEDIA_LOST (case 3) and "Zoom ended it" (case 4). An event that a phase has no arrow for changes
 * nothing.
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
     * @param trouble what it is to mend
     * @param attempt its number, from 1
     */
    record Connecting(Trouble trouble, int attempt) implements Connected {}

    /**
     * Media flows.
     *
     * @param timer looks after media that Zoom called interrupted; null where it did not
     */
    record Live(Future<?> timer) implements Connected {}

    /**
     * Signaling lives, some media are lost.
     *
     * @param failed attempts in vain so far
     * @param timer connects them again; null while an attempt runs
     */
    record MediaDown(Trouble trouble, int failed, Future<?> timer) implements Connected {
        boolean isTrying() {
            return timer == null;
        }
    }

    /**
     * Nothing is connected; a timer starts the next attempt.
     *
     * @param failed number of the attempt that failed last, 0 where there was none yet
     */
    record Waiting(Trouble trouble, int failed, Future<?> timer) implements StreamPhase {}

    /** We are closing the sockets. */
    record Closing(Next next) implements StreamPhase {}

    /** Zoom ended the stream; what is under way is still taken in until the sockets close or the timer closes them. */
    record Ending(Cause cause, Future<?> timer) implements Connected {}

    /** Nothing follows. */
    record Over() implements StreamPhase {}

    /** What comes after closing. */
    sealed interface Next {
        /** Another connection. */
        record Connect(Trouble trouble) implements Next {}

        /** The end. */
        record End(StreamState state, Cause cause) implements Next {}
    }
}
