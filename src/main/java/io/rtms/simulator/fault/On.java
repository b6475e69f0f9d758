package io.rtms.simulator.fault;

import io.rtms.media.MediaType;
import java.util.Optional;

/** The connections that a fault is about. A combined media connection is every medium's. */
public enum On implements Labelled {
    SIGNALING,
    AUDIO,
    VIDEO,
    DESKSHARE,
    TRANSCRIPT,
    CHAT,
    /** Every media connection. */
    MEDIA,
    /** Signaling and every media connection. */
    ALL;

    /** Whether signaling is meant. */
    public boolean hasSignaling() {
        return this == SIGNALING || this == ALL;
    }

    /** Whether a connection that carries this medium is meant. */
    public boolean has(MediaType medium) {
        return this == MEDIA || this == ALL || medium().filter(medium::equals).isPresent();
    }

    private Optional<MediaType> medium() {
        return switch (this) {
            case AUDIO -> Optional.of(MediaType.AUDIO);
            case VIDEO -> Optional.of(MediaType.VIDEO);
            case DESKSHARE -> Optional.of(MediaType.DESKSHARE);
            case TRANSCRIPT -> Optional.of(MediaType.TRANSCRIPT);
            case CHAT -> Optional.of(MediaType.CHAT);
            case SIGNALING, MEDIA, ALL -> Optional.empty();
        };
    }
}
