package io.rtms.simulator;

import java.util.Objects;

/**
 * How messages are put into WebSocket frames.
 *
 * @param mode text, binary or both in turn
 * @param fragmentBytes size of fragments, in bytes; 0 sends every message in one frame
 */
public record Framing(FrameMode mode, int fragmentBytes) {
    /** Text, in one frame. */
    public static final Framing TEXT = new Framing(FrameMode.TEXT, 0);

    public Framing {
        Objects.requireNonNull(mode, "mode");
        if (fragmentBytes < 0) {
            throw new IllegalArgumentException("Fragments cannot have " + fragmentBytes + " bytes");
        }
    }
}
