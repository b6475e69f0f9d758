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
    /**
     * The media to ask Zoom for: what is observed with {@code auto}, and media by name, which are asked for too, or alone without {@code auto}:
     * {@code audio}, {@code video}, {@code deskshare}, {@code transcript}, {@code chat}.
     */
    @WithDefault("auto")
    List<String> request();

    /** How many sockets a stream's media take. */
    @WithDefault("split")
    Sockets sockets();

    /** What the parameters below are where they are not set. */
    @WithDefault("sdk")
    Defaults defaults();

    /** How audio is asked for. Parameters that Zoom would refuse together are refused at the start, with what is allowed. */
    Audio audio();

    /** How video is asked for. */
    Video video();

    /** How a shared desk is asked for. */
    Deskshare deskshare();

    /** How transcripts are asked for. */
    Transcript transcript();

    /** How many sockets a stream's media take. */
    enum Sockets {
        /** One for each medium. */
        SPLIT,
        /** One for all. */
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
        /**
         * How frames are packed: {@link ContentType#RAW_AUDIO} or, with every codec but {@code L16}, {@link ContentType#RTP}. Where it is not set,
         * {@code RAW_AUDIO}.
         */
        Optional<ContentType> contentType();

        /** How samples are coded. Where it is not set, {@code OPUS} (sdk) or {@code L16} (protocol). */
        Optional<AudioCodec> codec();

        /**
         * Samples in a second: any with {@code L16}; {@code G711} has 8 kHz, {@code G722} 16 kHz and {@code OPUS} 48 kHz. Where it is not set,
         * {@code SR_48K} (sdk) or {@code SR_16K} (protocol).
         */
        Optional<AudioSampleRate> sampleRate();

        /** Channels; {@code G711} and {@code G722} are mono. Where it is not set, {@code STEREO} (sdk) or {@code MONO} (protocol). */
        Optional<AudioChannel> channel();

        /**
         * Whose voice: {@link DataOption#AUDIO_MULTI_STREAMS} or {@link DataOption#AUDIO_MIXED_STREAM}. Where it is not set, the former (sdk) or the
         * latter (protocol).
         */
        Optional<DataOption> dataOption();

        /** Milliseconds in a frame: 20, and with {@code L16} any multiple of 20 up to 1000. Where it is not set, 20. */
        OptionalInt duration();

        /** Samples in a frame for each channel, which follow from sample rate and duration: nothing else is allowed. */
        OptionalInt frameSize();
    }

    /** Fields of {@link VideoParams}. */
    interface Video {
        /** How frames are packed: {@link ContentType#RAW_VIDEO} or {@link ContentType#RTP}. Where it is not set, {@code RAW_VIDEO}. */
        Optional<ContentType> contentType();

        /** H.264, or an image for each frame. Where it is not set, {@code H264} (sdk) or {@code JPG} (protocol). */
        Optional<VideoCodec> codec();

        /** The picture's size, which may differ in what arrives, and change on the way. Where it is not set, {@code HD}. */
        Optional<VideoResolution> resolution();

        /**
         * Whose video: {@link DataOption#VIDEO_SINGLE_ACTIVE_STREAM}, {@link DataOption#VIDEO_SINGLE_INDIVIDUAL_STREAM} or
         * {@link DataOption#VIDEO_MIXED_GALLERY_VIEW}. Where it is not set, the active speaker's.
         */
        Optional<DataOption> dataOption();

        /** Frames a second: 1 to 30 with {@code H264}, 1 to 5 with {@code JPG} and {@code PNG}. Where it is not set, 30 (sdk) or 5 (protocol). */
        OptionalInt fps();
    }

    /** Fields of {@link DeskshareParams}. */
    interface Deskshare {
        /** How frames are packed: {@link ContentType#RAW_VIDEO} or {@link ContentType#RTP}. Where it is not set, {@code RAW_VIDEO}. */
        Optional<ContentType> contentType();

        /** H.264, or an image for each frame. Where it is not set, {@code H264} (sdk) or {@code JPG} (protocol). */
        Optional<VideoCodec> codec();

        /** The picture's size. Where it is not set, {@code HD} (sdk) or {@code FHD} (protocol). */
        Optional<VideoResolution> resolution();

        /** Frames a second: 1 to 30 with {@code H264}, 1 with {@code JPG} and {@code PNG}. Where it is not set, 30 (sdk) or 1 (protocol). */
        OptionalInt fps();
    }

    /** Fields of {@link TranscriptParams}. */
    interface Transcript {
        /**
         * The language spoken at first, so that transcripts begin at once; {@code NONE} has it identified, which takes Zoom up to half a minute. Where
         * it is not set, {@code NONE} (sdk) or {@code ENGLISH} (protocol).
         */
        Optional<TranscriptLanguage> sourceLanguage();

        /**
         * Whether Zoom goes on to identify the language; {@code false} stays with the source language, which must then not be {@code NONE}. Where it is
         * not set, {@code true}.
         */
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
