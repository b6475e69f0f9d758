package io.rtms.simulator.sound;

/**
 * Form of samples, signed 16 bit, channels interleaved.
 *
 * @param hertz samples in a second for each channel: 8000, 16000, 32000 or 48000
 * @param channels 1 or 2
 */
public record PcmFormat(int hertz, int channels) {
    /** 16 kHz, mono. */
    public static final PcmFormat WIDEBAND = new PcmFormat(16_000, 1);

    private static final int BYTES = 2;

    public PcmFormat {
        if (hertz != 8_000 && hertz != 16_000 && hertz != 32_000 && hertz != 48_000) {
            throw new IllegalArgumentException("There is no sound at " + hertz + " Hz");
        }
        if (channels != 1 && channels != 2) {
            throw new IllegalArgumentException("There is no sound with " + channels + " channels");
        }
    }

    /** Samples of all channels in so many milliseconds. */
    public int samplesIn(int milliseconds) {
        return hertz / 1000 * milliseconds * channels;
    }

    /** Bytes in so many milliseconds. */
    public int bytesIn(int milliseconds) {
        return samplesIn(milliseconds) * BYTES;
    }
}
