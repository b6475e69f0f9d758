package io.rtms.media;

import static io.rtms.media.InvalidParameterException.require;

import java.util.Objects;

/**
 * How audio is asked for (rtms-protocol section 5.2). Immutable; what a builder leaves unset keeps its default.
 *
 * <pre>
 *   contentType         codec        sampleRate     channel       duration
 *   RTP                 OPUS         48k            mono, stereo  20
 *   RTP, RAW_AUDIO      G711         8k             mono          20
 *   RTP, RAW_AUDIO      G722         16k            mono          20
 *   RAW_AUDIO           L16          any            mono, stereo  20..1000, a multiple of 20
 *   RAW_AUDIO           OPUS         48k            mono, stereo  20
 * </pre>
 *
 * @param contentType {@link ContentType#RAW_AUDIO} or {@link ContentType#RTP}
 * @param codec how samples are coded
 * @param sampleRate samples in a second
 * @param channel mono or stereo
 * @param dataOption one mixed stream, or one for each active speaker
 * @param duration milliseconds in a frame; {@code send_rate} on the wire
 * @param frameSize samples in a frame for each channel: always {@code sampleRate} times {@code duration}
 */
public record AudioParams(
        ContentType contentType,
        AudioCodec codec,
        AudioSampleRate sampleRate,
        AudioChannel channel,
        DataOption dataOption,
        int duration,
        int frameSize) {
    private static final int STEP_MS = 20;
    private static final int LONGEST_MS = 1000;

    private static final AudioParams SDK = new AudioParams(
            ContentType.RAW_AUDIO,
            AudioCodec.OPUS,
            AudioSampleRate.SR_48K,
            AudioChannel.STEREO,
            DataOption.AUDIO_MULTI_STREAMS,
            20,
            960);
    private static final AudioParams PROTOCOL = new AudioParams(
            ContentType.RAW_AUDIO,
            AudioCodec.L16,
            AudioSampleRate.SR_16K,
            AudioChannel.MONO,
            DataOption.AUDIO_MIXED_STREAM,
            20,
            320);

    /** @throws InvalidParameterException where Zoom would refuse the combination */
    public AudioParams {
        Objects.requireNonNull(contentType, "contentType");
        Objects.requireNonNull(codec, "codec");
        Objects.requireNonNull(sampleRate, "sampleRate");
        Objects.requireNonNull(channel, "channel");
        Objects.requireNonNull(dataOption, "dataOption");
        require(
                contentType == ContentType.RAW_AUDIO || contentType == ContentType.RTP,
                "audio.contentType",
                contentType,
                "RAW_AUDIO, RTP");
        require(
                dataOption == DataOption.AUDIO_MIXED_STREAM || dataOption == DataOption.AUDIO_MULTI_STREAMS,
                "audio.dataOption",
                dataOption,
                "AUDIO_MIXED_STREAM, AUDIO_MULTI_STREAMS");
        require(sampleRate != AudioSampleRate.UNKNOWN, "audio.sampleRate", sampleRate, "SR_8K, SR_16K, SR_32K, SR_48K");
        require(channel != AudioChannel.UNKNOWN, "audio.channel", channel, "MONO, STEREO");
        switch (codec) {
            case L16 -> {
                require(contentType == ContentType.RAW_AUDIO, "audio.contentType", contentType, "RAW_AUDIO with L16");
                require(
                        duration >= STEP_MS && duration <= LONGEST_MS && duration % STEP_MS == 0,
                        "audio.duration",
                        duration,
                        "a multiple of 20 from 20 to 1000 ms with L16");
            }
            case OPUS -> {
                require(sampleRate == AudioSampleRate.SR_48K, "audio.sampleRate", sampleRate, "SR_48K with OPUS");
                requireShortest(codec, duration);
            }
            case G711 -> {
                require(sampleRate == AudioSampleRate.SR_8K, "audio.sampleRate", sampleRate, "SR_8K with G711");
                requireMono(codec, channel);
                requireShortest(codec, duration);
            }
            case G722 -> {
                require(sampleRate == AudioSampleRate.SR_16K, "audio.sampleRate", sampleRate, "SR_16K with G722");
                requireMono(codec, channel);
                requireShortest(codec, duration);
            }
            default -> require(false, "audio.codec", codec, "L16, G711, G722, OPUS");
        }
        int samples = sampleRate.samplesIn(duration);
        require(
                frameSize == samples,
                "audio.frameSize",
                frameSize,
                "%d, which is %d Hz times %d ms".formatted(samples, sampleRate.hertz(), duration));
    }

    private static void requireMono(AudioCodec codec, AudioChannel channel) {
        require(channel == AudioChannel.MONO, "audio.channel", channel, "MONO with " + codec);
    }

    private static void requireShortest(AudioCodec codec, int duration) {
        require(duration == STEP_MS, "audio.duration", duration, "20 ms with " + codec);
    }

    /** What Zoom's SDKs ask for: Opus, 48 kHz, stereo, a stream for each active speaker, 20 ms. */
    public static AudioParams defaults() {
        return SDK;
    }

    /** What Zoom's servers send when asked for nothing in particular: L16, 16 kHz, mono, mixed, 20 ms. */
    public static AudioParams protocolDefaults() {
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
    public AudioParams withDataOption(DataOption option) {
        return toBuilder().dataOption(option).build();
    }

    /** Changes some fields and checks them together at the end. */
    public static final class Builder {
        private ContentType contentType;
        private AudioCodec codec;
        private AudioSampleRate sampleRate;
        private AudioChannel channel;
        private DataOption dataOption;
        private int duration;
        private Integer frameSize;

        private Builder(AudioParams from) {
            contentType = from.contentType;
            codec = from.codec;
            sampleRate = from.sampleRate;
            channel = from.channel;
            dataOption = from.dataOption;
            duration = from.duration;
        }

        /** Raw packets, or RTP. */
        public Builder contentType(ContentType value) {
            contentType = value;
            return this;
        }

        /** How samples are coded. */
        public Builder codec(AudioCodec value) {
            codec = value;
            return this;
        }

        /** Samples in a second. */
        public Builder sampleRate(AudioSampleRate value) {
            sampleRate = value;
            return this;
        }

        /** Mono or stereo. */
        public Builder channel(AudioChannel value) {
            channel = value;
            return this;
        }

        /** One mixed stream, or one for each active speaker. */
        public Builder dataOption(DataOption value) {
            dataOption = value;
            return this;
        }

        /** Milliseconds in a frame. */
        public Builder duration(int milliseconds) {
            duration = milliseconds;
            return this;
        }

        /** Samples in a frame; need not be set, and may only say what follows from rate and duration. */
        public Builder frameSize(int samples) {
            frameSize = samples;
            return this;
        }

        /** @throws InvalidParameterException where Zoom would refuse the combination */
        public AudioParams build() {
            int samples = frameSize != null ? frameSize : sampleRate.samplesIn(duration);
            return new AudioParams(contentType, codec, sampleRate, channel, dataOption, duration, samples);
        }
    }
}
