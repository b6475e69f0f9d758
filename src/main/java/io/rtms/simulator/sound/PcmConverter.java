package io.rtms.simulator.sound;

/**
 * Turns frames of one form into another: channels are doubled or averaged, the rate is changed. Samples that are right already stay as they
 * are. For one thread at a time, frame after frame of one sound.
 */
public final class PcmConverter {
    private final PcmFormat from;
    private final PcmFormat to;
    private final Resampler[] resamplers;

    public PcmConverter(PcmFormat from, PcmFormat to) {
        this.from = from;
        this.to = to;
        this.resamplers = from.hertz() == to.hertz() ? null : new Resampler[Math.min(from.channels(), to.channels())];
        for (int i = 0; resamplers != null && i < resamplers.length; i++) {
            resamplers[i] = new Resampler(from.hertz(), to.hertz());
        }
    }

    /** The next frame, channels interleaved. */
    public short[] next(byte[] frame) {
        short[] samples = new short[frame.length / 2];
        for (int i = 0; i < samples.length; i++) {
            samples[i] = (short) ((frame[2 * i] & 0xFF) | frame[2 * i + 1] << 8);
        }
        if (from.channels() == 2 && to.channels() == 1) {
            samples = average(samples);
        }
        if (resamplers != null) {
            samples = resample(samples);
        }
        return from.channels() == 1 && to.channels() == 2 ? twice(samples) : samples;
    }

    private short[] resample(short[] samples) {
        int channels = resamplers.length;
        short[] all = null;
        for (int channel = 0; channel < channels; channel++) {
            float[] one = new float[samples.length / channels];
            for (int i = 0; i < one.length; i++) {
                one[i] = samples[i * channels + channel];
            }
            float[] changed = resamplers[channel].next(one);
            if (all == null) {
                all = new short[changed.length * channels];
            }
            for (int i = 0; i < changed.length; i++) {
                all[i * channels + channel] = clip(Math.round(changed[i]));
            }
        }
        return all;
    }

    private static short[] average(short[] stereo) {
        short[] mono = new short[stereo.length / 2];
        for (int i = 0; i < mono.length; i++) {
            mono[i] = (short) ((stereo[2 * i] + stereo[2 * i + 1]) >> 1);
        }
        return mono;
    }

    private static short[] twice(short[] mono) {
        short[] stereo = new short[mono.length * 2];
        for (int i = 0; i < mono.length; i++) {
            stereo[2 * i] = mono[i];
            stereo[2 * i + 1] = mono[i];
        }
        return stereo;
    }

    /** The nearest sample. */
    public static short clip(int value) {
        return (short) Math.clamp(value, Short.MIN_VALUE, Short.MAX_VALUE);
    }
}
