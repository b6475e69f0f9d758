package io.rtms.event;

import java.util.Locale;

/** What had to be connected again, and why (rtms-protocol section 7). */
public enum ReconnectScenario {
    /** Zoom moved the stream to other servers: signaling and media, at once. */
    NEW_SERVERS,
    /** The signaling connection was lost, and the media with it. */
    SIGNALING,
    /** Media were lost alone, signaling lives. */
    MEDIA;

    /** The scenario's name in messages and labels. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
