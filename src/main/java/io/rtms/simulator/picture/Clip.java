package io.rtms.simulator.picture;

import java.util.List;

/**
 * Frames that are shown one after the other, and from the first again after the last: whole images, or access units of H.264 that begin with a
 * key frame. Shared; the frames must not be written to.
 *
 * @param frames at least one
 */
public record Clip(List<byte[]> frames) {
    public Clip {
        frames = List.copyOf(frames);
        if (frames.isEmpty()) {
            throw new IllegalArgumentException("A clip needs frames");
        }
    }

    /** The frame that comes after so many others. */
    public byte[] frame(long number) {
        return frames.get((int) (number % frames.size()));
    }
}
