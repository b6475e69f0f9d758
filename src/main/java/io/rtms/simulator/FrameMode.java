package io.rtms.simulator;

/** WebSocket frames that carry the JSON messages (rtms-protocol section 2: a client has to read both). */
public enum FrameMode {
    /** Text frames. */
    TEXT,
    /** Binary frames. */
    BINARY,
    /** One message as text, the next as binary. */
    MIXED
}
