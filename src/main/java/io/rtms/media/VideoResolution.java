package io.rtms.media;

/** Resolutions of video and desk share (rtms-protocol section 10.7). */
public enum VideoResolution implements WireNumber {
    /** 854 x 480, or 640 x 360. */
    SD(1, 854, 480),
    /** 1280 x 720. */
    HD(2, 1280, 720),
    /** 1920 x 1080. */
    FHD(3, 1920, 1080),
    /** 2560 x 1440. */
    QHD(4, 2560, 1440),
    /** A number that this version does not know. */
    UNKNOWN(-1, 0, 0);

    private final int number;
    private final int width;
    private final int height;

    VideoResolution(int number, int width, int height) {
        this.number = number;
        this.width = width;
        this.height = height;
    }

    @Override
    public int number() {
        return number;
    }

    /** Pixels in a row, as asked for; what arrives may differ and change on the way. */
    public int width() {
        return width;
    }

    /** Rows, as asked for. */
    public int height() {
        return height;
    }

    /** The resolution with Zoom's number. */
    public static VideoResolution of(int number) {
        return WireNumber.of(values(), number, UNKNOWN);
    }
}
