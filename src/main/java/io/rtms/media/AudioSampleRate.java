package io.rtms.media;

/** Sample rates of audio (rtms-protocol section 10.7). */
public enum AudioSampleRate implements WireNumber {
    /** 8 kHz. */
    SR_8K(0, 8_000),
    /** 16 kHz. */
    SR_16K(1, 16_000),
    /** 32 kHz. */
    SR_32K(2, 32_000),
    /** 48 kHz. */
    SR_48K(3, 48_000),
    /** A number that this version does not know. */
    UNKNOWN(-1, 0);

    private final int number;
    private final int hertz;

    AudioSampleRate(int number, int hertz) {
        this.number = number;
        this.hertz = hertz;
    }

    @Override
    public int number() {
        return number;
    }

    /** Samples in a second for each channel; 0 for {@link #UNKNOWN}. */
    public int hertz() {
        return hertz;
    }

    /** Samples in so many milliseconds, for each channel. */
    public int samplesIn(int milliseconds) {
        return hertz / 1000 * milliseconds;
    }

    /** The rate with Zoom's number. */
    public static AudioSampleRate of(int number) {
        return WireNumber.of(values(), number, UNKNOWN);
    }
}
