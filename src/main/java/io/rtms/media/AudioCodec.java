package io.rtms.media;

/** Codecs of audio (rtms-protocol section 10.7). */
public enum AudioCodec implements WireNumber {
    UNDEFINED(0),
    /** PCM, signed 16 bit, little-endian. */
    L16(1),
    /** A-law (PCMA), 8 kHz, mono. */
    G711(2),
    /** 16 kHz, mono. */
    G722(3),
    /** 48 kHz. */
    OPUS(4),
    /** A number that this version does not know. */
    UNKNOWN(-1);

    private final int number;

    AudioCodec(int number) {
        this.number = number;
    }

    @Override
    public int number() {
        return number;
    }

    /** The value with Zoom's number. */
    public static AudioCodec of(int number) {
        return WireNumber.of(values(), number, UNKNOWN);
    }
}
