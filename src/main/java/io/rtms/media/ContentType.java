package io.rtms.media;

/** How a medium's payload is packed (rtms-protocol section 10.7). */
public enum ContentType implements WireNumber {
    UNDEFINED(0),
    /** RTP packets. */
    RTP(1),
    /** What the codec makes of samples, and nothing else. */
    RAW_AUDIO(2),
    /** What the codec makes of pictures, and nothing else. */
    RAW_VIDEO(3),
    FILE_STREAM(4),
    TEXT(5),
    /** A number that this version does not know. */
    UNKNOWN(-1);

    private final int number;

    ContentType(int number) {
        this.number = number;
    }

    @Override
    public int number() {
        return number;
    }

    /** The type with Zoom's number. */
    public static ContentType of(int number) {
        return WireNumber.of(values(), number, UNKNOWN);
    }
}
