package io.rtms.media;

import static io.rtms.media.InvalidParameterException.require;

import java.util.Objects;

/**
 * How video is asked for (rtms-protocol section 5.2). Immutable; what a builder leaves unset keeps its default.
 *
 * @param contentType {@link ContentType#RAW_VIDEO} or {@link ContentType#RTP}
 * @param codec H.264, or an image for each frame
 * @param resolution the picture's size
 * @param dataOption the active speaker, one participant who is subscribed to, or the gallery
 * @param fps frames a second: 1 to 30 with H.264, 1 to 5 with JPG and PNG
 */
public record VideoParams(
        ContentType contentType, VideoCodec codec, VideoResolution resolution, DataOption dataOption, int fps) {
    private static final int MOST_IMAGES = 5;

    private static final VideoParams SDK = new VideoParams(
            ContentType.RAW_VIDEO, VideoCodec.H264, VideoResolution.HD, DataOption.VIDEO_SINGLE_ACTIVE_STREAM, 30);
    private static final VideoParams PROTOCOL = new VideoParams(
            ContentType.RAW_VIDEO, VideoCodec.JPG, VideoResolution.HD, DataOption.VIDEO_SINGLE_ACTIVE_STREAM, 5);

    /** @throws InvalidParameterException where Zoom would refuse the combination */
    public VideoParams {
        Objects.requireNonNull(contentType, "contentType");
        Objects.requireNonNull(codec, "codec");
        Objects.requireNonNull(resolution, "resolution");
        Objects.requireNonNull(dataOption, "dataOption");
        require(
                dataOption == DataOption.VIDEO_SINGLE_ACTIVE_STREAM
                        || dataOption == DataOption.VIDEO_SINGLE_INDIVIDUAL_STREAM
                        || dataOption == DataOption.VIDEO_MIXED_GALLERY_VIEW,
                "video.dataOption",
                dataOption,
                "VIDEO_SINGLE_ACTIVE_STREAM, VIDEO_SINGLE_INDIVIDUAL_STREAM, VIDEO_MIXED_GALLERY_VIEW");
        PictureRules.check("video", contentType, codec, resolution, fps, MOST_IMAGES);
    }

    /** What Zoom's SDKs ask for: H.264, HD, 30 frames a second, the active speaker. */
    public static VideoParams defaults() {
        return SDK;
    }

    /** What Zoom's servers send when asked for nothing in particular: JPG, HD, 5 frames a second, the active speaker. */
    public static VideoParams protocolDefaults() {
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

    /** The same with another data option. */
    public VideoParams withDataOption(DataOption option) {
        return toBuilder().dataOption(option).build();
    }

    /** Whether nobody's video flows before {@code subscribeVideo}. */
    public boolean isIndividual() {
        return dataOption == DataOption.VIDEO_SINGLE_INDIVIDUAL_STREAM;
    }

    /** Changes some fields and checks them together at the end. */
    public static final class Builder {
        private ContentType contentType;
        private VideoCodec codec;
        private VideoResolution resolution;
        private DataOption dataOption;
        private int fps;

        private Builder(VideoParams from) {
            contentType = from.contentType;
            codec = from.codec;
            resolution = from.resolution;
            dataOption = from.dataOption;
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

        /** Whose video. */
        public Builder dataOption(DataOption value) {
            dataOption = value;
            return this;
        }

        /** Frames a second. */
        public Builder fps(int value) {
            fps = value;
            return this;
        }

        /** @throws InvalidParameterException where Zoom would refuse the combination */
        public VideoParams build() {
            return new VideoParams(contentType, codec, resolution, dataOption, fps);
        }
    }
}
