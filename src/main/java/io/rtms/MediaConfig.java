package io.rtms;

import io.rtms.media.AudioChannel;
import io.rtms.media.AudioCodec;
import io.rtms.media.AudioParams;
import io.rtms.media.AudioSampleRate;
import io.rtms.media.ContentType;
import io.rtms.media.DataOption;
import io.rtms.media.DeskshareParams;
import io.rtms.media.MediaParams;
import io.rtms.media.MediaType;
import io.rtms.media.TranscriptLanguage;
import io.rtms.media.TranscriptParams;
import io.rtms.media.VideoCodec;
import io.rtms.media.VideoParams;
import io.rtms.media.VideoResolution;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/** Which media to ask for, how, and over how many sockets. */
@ConfigMapping(prefix = "rtms.media")
interface MediaConfig {
    /** {@code auto} asks for what is observed; media by name are asked for too, or alone without {@code auto}. */
    @WithDefault("auto")
    List<String> request();

    /** One socket for each medium, or one for all. */
    @WithDefault("split")
    Sockets sockets();

    /** What parameters that are not set here are. */
    @WithDefault("sdk")
    Defaults defaults();

    /** How audio is asked for. */
    Audio audio();

    /** How video is asked for. */
    Video video();

    /** How a shared desk is asked for. */
    Deskshare deskshare();

    /** How transcripts are asked for. */
    Transcript transcript();

    /** How many sockets a stream's media take. */
    enum Sockets {
        SPLIT,
        COMBINED
    }

    /** Where defaults come from. */
    enum Defaults {
        /** What Zoom's SDKs ask for. */
        SDK,
        /** What Zoom's servers send when asked for nothing in particular. */
        PROTOCOL
    }

    /** Fields of {@link AudioParams}. */
    interface Audio {
        Optional<ContentType> contentType();

        Optional<AudioCodec> codec();

        Optional<AudioSampleRate> sampleRate();

        Optional<AudioChannel> channel();

        Optional<DataOption> dataOption();

        OptionalInt duration();

        OptionalInt frameSize();
    }

    /** Fields of {@link VideoParams}. */
    interface Video {
        Optional<ContentType> contentType();

        Optional<VideoCodec> codec();

        Optional<VideoResolution> resolution();

        Optional<DataOption> dataOption();

        OptionalInt fps();
    }

    /** Fields of {@link DeskshareParams}. */
    interface Deskshare {
        Optional<ContentType> contentType();

        Optional<VideoCodec> codec();

        Optional<VideoResolution> resolution();

        OptionalInt fps();
    }

    /** Fields of {@link TranscriptParams}. */
    interface Transcript {
        Optional<TranscriptLanguage> sourceLanguage();

        Optional<Boolean> languageIdentification();
    }

    /**
     * The media to ask for.
     *
     * @param observed what is observed
     * @throws IllegalArgumentException for a name that is no medium
     */
    default Set<MediaType> wanted(Set<MediaType> observed) {
        Set<MediaType> media = EnumSet.noneOf(MediaType.class);
        for (String name : request()) {
            if (name.equals("auto")) {
                media.addAll(observed);
            } else {
                media.add(MediaType.ofLabel(name)
                        .orElseThrow(() -> new IllegalArgumentException(
                                "rtms.media.request: %s is none of auto, audio, video, deskshare, transcript, chat"
                                        .formatted(name))));
            }
        }
        return media;
    }

    /**
     * The parameters to ask with.
     *
     * @throws io.rtms.media.InvalidParameterException where Zoom would refuse them
     */
    default MediaParams params() {
        MediaParams base = defaults() == Defaults.SDK ? MediaParams.defaults() : MediaParams.protocolDefaults();
        return base.with(audio(base.audio()))
                .with(video(base.video()))
                .with(deskshare(base.deskshare()))
                .with(transcript(base.transcript()));
    }

    private AudioParams audio(AudioParams base) {
        AudioParams.Builder builder = base.toBuilder();
        audio().contentType().ifPresent(builder::contentType);
        audio().codec().ifPresent(builder::codec);
        audio().sampleRate().ifPresent(builder::sampleRate);
        audio().channel().ifPresent(builder::channel);
        audio().dataOption().ifPresent(builder::dataOption);
        audio().duration().ifPresent(builder::duration);
        audio().frameSize().ifPresent(builder::frameSize);
        return builder.build();
    }

    private VideoParams video(VideoParams base) {
        VideoParams.Builder builder = base.toBuilder();
        video().contentType().ifPresent(builder::contentType);
        video().codec().ifPresent(builder::codec);
        video().resolution().ifPresent(builder::resolution);
        video().dataOption().ifPresent(builder::dataOption);
        video().fps().ifPresent(builder::fps);
        return builder.build();
    }

    private DeskshareParams deskshare(DeskshareParams base) {
        DeskshareParams.Builder builder = base.toBuilder();
        deskshare().contentType().ifPresent(builder::contentType);
        deskshare().codec().ifPresent(builder::codec);
        deskshare().resolution().ifPresent(builder::resolution);
        deskshare().fps().ifPresent(builder::fps);
        return builder.build();
    }

    private TranscriptParams transcript(TranscriptParams base) {
        TranscriptParams.Builder builder = base.toBuilder();
        transcript().sourceLanguage().ifPresent(builder::sourceLanguage);
        transcript().languageIdentification().ifPresent(builder::languageIdentification);
        return builder.build();
    }
}
