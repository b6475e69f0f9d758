package io.rtms.simulator;

import io.rtms.media.ContentType;
import io.rtms.media.DataOption;
import io.rtms.media.DeskshareParams;
import io.rtms.media.MediaType;
import io.rtms.media.VideoCodec;
import io.rtms.media.VideoParams;
import io.rtms.media.VideoResolution;

/**
 * What Zoom's documents say about the parameters of video and desk share (rtms-protocol section 5.2). Images are taken at up to five frames a
 * second for both (C24).
 */
final class PictureRules {
    private static final int MOST_FRAMES = 30;
    private static final int MOST_IMAGES = 5;

    /** The answers of one medium. */
    private record Answers(Status contentType, Status codec, Status resolution, Status dataOption, Status fps) {}

    private static final Answers VIDEO = new Answers(
            Status.INVALID_VIDEO_CONTENT_TYPE,
            Status.INVALID_VIDEO_CODEC,
            Status.INVALID_VIDEO_RESOLUTION,
            Status.INVALID_VIDEO_DATA_OPT,
            Status.INVALID_VIDEO_FPS);
    private static final Answers DESKSHARE = new Answers(
            Status.INVALID_DESKSHARE_CONTENT_TYPE,
            Status.INVALID_DESKSHARE_CODEC,
            Status.INVALID_DESKSHARE_RESOLUTION,
            Status.OK,
            Status.INVALID_DESKSHARE_FPS);

    private final Answers answers;
    private final PictureParameters defaults;
    private final ContentType contentType;
    private final VideoCodec codec;
    private final VideoResolution resolution;
    private final DataOption dataOption;
    private final int fps;

    /** Of {@link MediaType#VIDEO} or {@link MediaType#DESKSHARE}. */
    PictureRules(MediaType medium, Asked asked) {
        answers = medium == MediaType.VIDEO ? VIDEO : DESKSHARE;
        defaults = defaults(medium);
        contentType = ContentType.of(asked.number("content_type", ContentType.RAW_VIDEO));
        codec = VideoCodec.of(asked.number("codec", defaults.codec()));
        resolution = VideoResolution.of(asked.number("resolution", defaults.resolution()));
        dataOption = medium == MediaType.VIDEO
                ? DataOption.of(asked.number("data_opt", defaults.dataOption()))
                : DataOption.UNDEFINED;
        int wished = asked.number("fps", defaults.fps());
        // Zoom's rule for those who ask for many frames and leave the codec open.
        fps = !asked.has("codec") && wished > MOST_IMAGES && wished <= MOST_FRAMES ? defaults.fps() : wished;
    }

    private static PictureParameters defaults(MediaType medium) {
        if (medium == MediaType.VIDEO) {
            VideoParams video = VideoParams.protocolDefaults();
            return new PictureParameters(video.codec(), video.resolution(), video.fps(), video.dataOption());
        }
        DeskshareParams share = DeskshareParams.protocolDefaults();
        return new PictureParameters(share.codec(), share.resolution(), share.fps(), DataOption.UNDEFINED);
    }

    /** What is wrong with them, if anything. */
    Status check() {
        if (contentType != ContentType.RAW_VIDEO && contentType != ContentType.RTP) {
            return answers.contentType();
        }
        if (!isCodec()) {
            return answers.codec();
        }
        if (resolution == VideoResolution.UNKNOWN) {
            return answers.resolution();
        }
        if (!isDataOption()) {
            return answers.dataOption();
        }
        return fps < 1 || fps > most(codec) ? answers.fps() : Status.OK;
    }

    private boolean isCodec() {
        return codec == VideoCodec.JPG || codec == VideoCodec.PNG || codec == VideoCodec.H264;
    }

    private boolean isDataOption() {
        return defaults.dataOption() == DataOption.UNDEFINED
                || dataOption == DataOption.VIDEO_SINGLE_ACTIVE_STREAM
                || dataOption == DataOption.VIDEO_SINGLE_INDIVIDUAL_STREAM
                || dataOption == DataOption.VIDEO_MIXED_GALLERY_VIEW;
    }

    private static int most(VideoCodec codec) {
        return codec == VideoCodec.H264 ? MOST_FRAMES : MOST_IMAGES;
    }

    /** The nearest that is right. */
    PictureParameters nearest() {
        VideoCodec nearest = isCodec() ? codec : defaults.codec();
        return new PictureParameters(
                nearest,
                resolution == VideoResolution.UNKNOWN ? defaults.resolution() : resolution,
                Math.clamp(fps, 1, most(nearest)),
                isDataOption() ? dataOption : defaults.dataOption());
    }
}
