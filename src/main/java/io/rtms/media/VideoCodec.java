package io.rtms.media;

/** Codecs of video and desk share (rtms-protocol section 10.7). */
public enum VideoCodec implements WireNumber {
    UNDEFINED(0),
    /** One image for each frame. */
    JPG(5),
    /** One image for each frame. */
    PNG(6),
    /** Annex B, one access unit for each frame. */
    H264(7),
    /** A number that this version does not know. */
    UNKNOWN(-1);

    private final int number;

    VideoCodec(int number) {
        this.number = number;
    }

    @Override
    public int number() {
        return number;
    }

    /** The value with Zoom's number. */
    public static VideoCodec of(int number) {
        return WireNumber.of(values(), number, UNKNOWN);
    }
}
