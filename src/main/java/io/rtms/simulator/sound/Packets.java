package io.rtms.simulator.sound;

import java.util.List;

/**
 * Sound that is coded already, in packets of 20 ms. Shared; the packets must not be written to.
 *
 * @param frames the packets in their order; at least one
 */
public record Packets(List<byte[]> frames) {
    /** Milliseconds in a packet. */
    public static final int MS = 20;

    public Packets {
        frames = List.copyOf(frames);
        if (frames.isEmpty()) {
            throw new IllegalArgumentException("Coded sound needs packets");
        }
    }

    /** The packet that is played at a time since the sound's beginning; after the end from the beginning again. */
    public byte[] at(long ms) {
        return frames.get((int) (ms / MS % frames.size()));
    }
}
