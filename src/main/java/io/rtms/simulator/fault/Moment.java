package io.rtms.simulator.fault;

/** When a fault happens. */
public enum Moment implements Labelled {
    /** At once; with the options of a meeting, before its first webhook. */
    NOW,
    /** When the client next asks for signaling: at its upgrade, or at message 1, before that is answered. */
    SIGNALING_HANDSHAKE,
    /** When the client next asks for media, between signaling and media: at its upgrade, or at message 3, before that is answered. */
    MEDIA_HANDSHAKE,
    /** As soon as media flow: now if they do, else when the client has said that it is ready, with message 7. */
    LIVE,
    /** When the client leaves, with message 21, before that is answered. Where the fault takes signaling away, message 21 is lost. */
    LEAVING
}
