package io.rtms.media;

/** Channels of audio (rtms-protocol section 10.7). */
public enum AudioChannel implements WireNumber {
    /** One. */
    MONO(1),
    /** Two, interleaved. */
    STEREO(2),
    /** A number that this version does not know. */
    UNKNOWN(-1);

    private final int number;

    AudioChannel(int number) {
        this.number = number;
    }

    @Override
    public int number() {
        return number;
    }

    /** The value with Zoom's number. */
    public static AudioChannel of(int number) {
        return WireNumber.of(values(), number, UNKNOWN);
    }
}
