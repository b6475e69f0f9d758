package io.rtms.simulator;

import io.rtms.event.Participant;
import java.util.Optional;

/**
 * Whose video the client has chosen (messages 28 and 29, rtms-protocol section 4.11): one at a time, and gone with the connection that
 * carried it. For all threads.
 */
final class VideoSubscription {
    /**
     * A choice.
     *
     * @param who whose video
     * @param number counts the choices, so that the same person chosen again is told from one who stayed
     */
    record Choice(Participant who, long number) {}

    private Choice current;
    private long count;

    /** Replaces what was chosen before. */
    synchronized Status subscribe(Participant who) {
        if (current != null && current.who().equals(who)) {
            return Status.DUPLICATE_VIDEO_SUBSCRIPTION;
        }
        current = new Choice(who, ++count);
        return Status.OK;
    }

    synchronized Status unsubscribe(Participant who) {
        if (current == null || !current.who().equals(who)) {
            return Status.NO_SUCH_VIDEO;
        }
        current = null;
        return Status.OK;
    }

    synchronized void forget() {
        current = null;
    }

    synchronized Optional<Choice> current() {
        return Optional.ofNullable(current);
    }
}
