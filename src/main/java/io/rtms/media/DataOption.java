package io.rtms.media;

/** Which streams of a medium are sent (rtms-protocol section 10.7). */
public enum DataOption implements WireNumber {
    UNDEFINED(0),
    /** One stream with everybody's voice. */
    AUDIO_MIXED_STREAM(1),
    /** A stream for each active speaker, three at most. */
    AUDIO_MULTI_STREAMS(2),
    /** The active speaker. */
    VIDEO_SINGLE_ACTIVE_STREAM(3),
    /** One participant, who has to be subscribed to. */
    VIDEO_SINGLE_INDIVIDUAL_STREAM(4),
    /** Everybody in one picture; only Zoom's SDK still names it. */
    VIDEO_MIXED_GALLERY_VIEW(5),
    /** A number that this version does not know. */
    UNKNOWN(-1);

    private final int number;

    DataOption(int number) {
        this.number = number;
    }

    @Override
    public int number() {
        return number;
    }

    /** The value with Zoom's number. */
    public static DataOption of(int number) {
        return WireNumber.of(values(), number, UNKNOWN);
    }
}
