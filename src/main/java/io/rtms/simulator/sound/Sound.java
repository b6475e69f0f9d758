package io.rtms.simulator.sound;

/**
 * What one speaker's microphone hears: samples that are read in order, each frame where the one before stopped, and from the beginning
 * again
 * after the end. Nothing is changed and nothing put in between. For one thread at a time.
 */
public class Sound {
    /** Bytes in a millisecond: 16 samples of two bytes. */
    public static final int BYTES_PER_MS = 32;

    private final byte[] samples;
    private int cursor;

    /** The samples are shared, not copied, and must not be written to. */
    public Sound(byte[] samples) {
        if (samples.length == 0) {
            throw new IllegalArgumentException("A sound needs samples");
        }
        this.samples = samples;
    }

    /** Fills the frame with what comes next, without going on. */
    public void peek(byte[] frame) {
        int from = cursor;
        for (int filled = 0; filled < frame.length; from = 0) {
            int count = Math.min(frame.length - filled, samples.length - from);
            System.arraycopy(samples, from, frame, filled, count);
            filled += count;
        }
    }

    /** Goes on by this many bytes. */
    public void advance(int bytes) {
        cursor = (int) (((long) cursor + bytes) % samples.length);
    }
}
