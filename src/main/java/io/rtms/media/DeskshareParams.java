package io.rtms.media;

import java.util.Objects;

/**
 * How a shared desk is asked for (rtms-protocol section 5.2). Immutable; what a builder leaves unset keeps its default.
 *
 * @param contentType {@link ContentType#RAW_VIDEO} or {@link ContentType#RTP}
 * @param codec H.264, or an image for each frame
 * @param resolution the picture's size
 * @param fps frames a second: 1 to 30 with H.264, 1 with JPG and PNG
 */
public record DeskshareParams(ContentType contentType, VideoCodec codec, VideoResolution resolution, int fps) {
    private static final int MOST_IMAGES = 1;

    private static final DeskshareParams SDK =
            new DeskshareParams(ContentType.RAW_VIDEO, VideoCodec.H264, VideoResolution.HD, 30);
    private static final DeskshareParams PROTOCOL =
            new DeskshareParams(ContentType.RAW_VIDEO, VideoCodec.JPG, VideoResolution.FHD, 1);

    /** @throws InvalidParameterException where Zoom would refuse the combination */
    public DeskshareParams {
        Objects.requireNonNull(contentType, "contentType");
        Objects.requireNonNull(codec, "codec");
        Objects.requireNonNull(resolution, "resolution");
        PictureRules.check("deskshare", contentType, codec, resolution, fps, MOST_IMAGES);
    }

    /** What Zoom's SDKs ask for: H.264, HD, 30 frames a second. */
    public static DeskshareParams defaults() {
        return SDK;
    }

    /** What Zoom's servers send when asked for nothing in particular: JPG, full HD, one frame a second. */
    public static DeskshareParams protocolDefaults() {
        return PROTOCOL;
    }

    /** A builder that starts with {@link #defaults()}. */
    public static Builder builder() {
        return SDK.toBuilder();
    }

    /** A builder that starts with these. */
    public Builder toBuilder() {
        return new Builder(this);
    }

    /** Changes some fields and checks them together at the end. */
    public static final class Builder {
        private ContentType contentType;
        private VideoCodec codec;
        private VideoResolution resolution;
        private int fps;

        private Builder(DeskshareParams from) {
            contentType = from.contentType;
            codec = from.codec;
            resolution = from.resolution;
            fps = from.fps;
        }

        /** Raw frames, or RTP. */
        public Builder contentType(ContentType value) {
            contentType = value;
            return this;
        }

        /** H.264, or an image for each frame. */
        public Builder codec(VideoCodec value) {
            codec = value;
            return this;
        }

        /** The picture's size. */
        public Builder resolution(VideoResolution value) {
            resolution = value;
            return this;
        }

        /** Frames a second. */
        public Builder fps(int value) {
            fps = value;
            return this;
        }

        /** @throws InvalidParameterException where Zoom would refuse the combination */
        public DeskshareParams build() {
            return new DeskshareParams(contentType, codec, resolution, fps);
        }
    }
}
