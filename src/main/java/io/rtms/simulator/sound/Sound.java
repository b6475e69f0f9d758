package io.rtms.simulator.sound;

import io.rtms.media.AudioCodec;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * What one speaker's microphone hears: samples that are read in order, each frame where the one before stopped, and from the beginning again
 * after the end. Nothing is changed and nothing put in between. For one thread at a time.
 */
public class Sound {
    private final byte[] samples;
    private final PcmFormat format;
    private final Map<AudioCodec, Packets> recorded;
    private int cursor;

    /** 16 kHz, mono. The samples are shared, not copied, and must not be written to. */
    public Sound(byte[] samples) {
        this(samples, PcmFormat.WIDEBAND);
    }

    /** The samples are shared, not copied, and must not be written to. */
    public Sound(byte[] samples, PcmFormat format) {
        this(samples, format, Map.of());
    }

    Sound(byte[] samples, PcmFormat format, Map<AudioCodec, Packets> recorded) {
        if (samples.length == 0) {
            throw new IllegalArgumentException("A sound needs samples");
        }
        this.samples = samples;
        this.format = Objects.requireNonNull(format, "format");
        this.recorded = Map.copyOf(recorded);
    }

    /** Form of the samples. */
    public PcmFormat format() {
        return format;
    }

    /** A recording of the speaker in this codec, if there is one: it is heard instead of the samples. */
    public Optional<Packets> recorded(AudioCodec codec) {
        return Optional.ofNullable(recorded.get(codec));
    }

    /** The recording, or the samples where they are coded already. */
    public Optional<Packets> packets(AudioCodec codec, int channels) {
        return recorded(codec);
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
