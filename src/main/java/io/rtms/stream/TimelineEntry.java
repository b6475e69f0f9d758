package io.rtms.stream;

import java.util.Locale;

/**
 * Something that happened to a stream.
 *
 * @param atMs when, milliseconds since the epoch
 * @param kind what sort of thing
 * @param text a sentence or two, free of secrets and spoken words
 */
public record TimelineEntry(long atMs, Kind kind, String text) {
    /** Sorts of things that happen to a stream. */
    public enum Kind {
        /** The stream came to another state. */
        STATE,
        /** An attempt to connect began or ended. */
        ATTEMPT,
        /** A medium was granted, refused, lost or interrupted. */
        MEDIA,
        /** Zoom said something about the stream, over signaling or by a webhook. */
        ZOOM,
        /** Observers fell behind or caught up, frames were dropped. */
        LOAD;

        /** The kind's name in messages. */
        public String label() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
