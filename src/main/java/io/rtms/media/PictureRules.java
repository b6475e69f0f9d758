package io.rtms.media;

import static io.rtms.media.InvalidParameterException.require;

/** What video and desk share have in common (rtms-protocol section 5.2). */
final class PictureRules {
    private static final int MOST_FRAMES = 30;

    private PictureRules() {}

    /**
     * @param medium the medium's name in messages
     * @param mostImages frames a second at the most where each is an image of its own
     */
    static void check(
            String medium,
            ContentType contentType,
            VideoCodec codec,
            VideoResolution resolution,
            int fps,
            int mostImages) {
        require(
                contentType == ContentType.RAW_VIDEO || contentType == ContentType.RTP,
                medium + ".contentType",
                contentType,
                "RAW_VIDEO, RTP");
        require(resolution != VideoResolution.UNKNOWN, medium + ".resolution", resolution, "SD, HD, FHD, QHD");
        switch (codec) {
            case H264 ->
                require(
                        fps >= 1 && fps <= MOST_FRAMES,
                        medium + ".fps",
                        fps,
                        "1 to %d with H264".formatted(MOST_FRAMES));
            case JPG, PNG ->
                require(
                        fps >= 1 && fps <= mostImages,
                        medium + ".fps",
                        fps,
                        (mostImages == 1 ? "1 with %2$s; H264 for more" : "1 to %d with %s; H264 for more")
                                .formatted(mostImages, codec));
            default -> require(false, medium + ".codec", codec, "JPG, PNG, H264");
        }
    }
}
