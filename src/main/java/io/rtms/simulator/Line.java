package io.rtms.simulator;

import io.rtms.media.MediaType;
import io.rtms.simulator.fault.On;
import java.util.Set;

/**
 * A connection and what it is for.
 *
 * @param connection the connection
 * @param isSignaling whether it is signaling, or wants to be
 * @param media the media that it carries, or wants to; none of signaling
 */
record Line(Connection connection, boolean isSignaling, Set<MediaType> media) {
    static Line of(Signaling signaling) {
        return new Line(signaling.connection(), true, Set.of());
    }

    static Line of(Media media) {
        return new Line(media.connection(), false, media.request().media());
    }

    /** Whether a fault on these connections is about this one. */
    boolean isMeant(On on) {
        return isSignaling ? on.hasSignaling() : media.stream().anyMatch(on::has);
    }
}
