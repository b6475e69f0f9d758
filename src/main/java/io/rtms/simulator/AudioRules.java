package io.rtms.simulator;

import io.rtms.media.AudioChannel;
import io.rtms.media.AudioCodec;
import io.rtms.media.AudioParams;
import io.rtms.media.AudioSampleRate;
import io.rtms.media.ContentType;
import io.rtms.media.DataOption;

/** What Zoom's documents say about audio parameters (rtms-protocol section 5.2): the whole combination counts. */
final class AudioRules {
    private static final AudioParams DEFAULTS = AudioParams.protocolDefaults();
    private static final int STEP_MS = 20;
    private static final int LONGEST_MS = 1000;

    private final ContentType contentType;
    private final AudioCodec codec;
    private final AudioSampleRate sampleRate;
    private final AudioChannel channel;
    private final DataOption dataOption;
    private final int sendRate;

    AudioRules(Asked asked) {
        contentType = ContentType.of(asked.number("content_type", DEFAULTS.contentType()));
        codec = AudioCodec.of(asked.number("codec", DEFAULTS.codec()));
        sampleRate = AudioSampleRate.of(asked.number("sample_rate", DEFAULTS.sampleRate()));
        channel = AudioChannel.of(asked.number("channel", DEFAULTS.channel()));
        dataOption = DataOption.of(asked.number("data_opt", DEFAULTS.dataOption()));
        sendRate = asked.number("send_rate", DEFAULTS.duration());
    }

    /** What is wrong with them, if anything. */
    Status check() {
        if (!isContentType()) {
            return Status.INVALID_AUDIO_CONTENT_TYPE;
        }
        if (!isCodec()) {
            return Status.INVALID_AUDIO_CODEC;
        }
        if (sampleRate == AudioSampleRate.UNKNOWN) {
            return Status.INVALID_AUDIO_SAMPLE_RATE;
        }
        if (channel == AudioChannel.UNKNOWN) {
            return Status.INVALID_AUDIO_CHANNEL;
        }
        if (!isDataOption()) {
            return Status.INVALID_AUDIO_DATA_OPT;
        }
        if (sendRate < STEP_MS || sendRate % STEP_MS != 0 || (codec != AudioCodec.L16 && sendRate != STEP_MS)) {
            return Status.INVALID_AUDIO_SEND_RATE;
        }
        return isCombination() ? Status.OK : Status.INVALID_AUDIO_PARAMS;
    }

    private boolean isContentType() {
        return contentType == ContentType.RAW_AUDIO || contentType == ContentType.RTP;
    }

    private boolean isCodec() {
        return codec != AudioCodec.UNDEFINED && codec != AudioCodec.UNKNOWN;
    }

    private boolean isDataOption() {
        return dataOption == DataOption.AUDIO_MIXED_STREAM || dataOption == DataOption.AUDIO_MULTI_STREAMS;
    }

    private boolean isCombination() {
        return switch (codec) {
            case L16 -> contentType == ContentType.RAW_AUDIO;
            case G711 -> sampleRate == AudioSampleRate.SR_8K && channel == AudioChannel.MONO;
            case G722 -> sampleRate == AudioSampleRate.SR_16K && channel == AudioChannel.MONO;
            default -> sampleRate == AudioSampleRate.SR_48K;
        };
    }

    boolean isG722() {
        return codec == AudioCodec.G722;
    }

    /** The nearest that is right; a codec that cannot be had becomes the default. */
    AudioParams nearest(boolean withRtp, boolean withG722) {
        AudioCodec nearest = isCodec() && (codec != AudioCodec.G722 || withG722) ? codec : AudioCodec.L16;
        boolean keepsRate = nearest == AudioCodec.L16 && codec == AudioCodec.L16;
        boolean keepsChannel = keepsRate || nearest == AudioCodec.OPUS;
        boolean rtp = withRtp && contentType == ContentType.RTP && nearest != AudioCodec.L16;
        return DEFAULTS.toBuilder()
                .contentType(rtp ? ContentType.RTP : ContentType.RAW_AUDIO)
                .codec(nearest)
                .sampleRate(keepsRate && sampleRate != AudioSampleRate.UNKNOWN ? sampleRate : onlyRate(nearest))
                .channel(keepsChannel && channel != AudioChannel.UNKNOWN ? channel : AudioChannel.MONO)
                .dataOption(isDataOption() ? dataOption : DEFAULTS.dataOption())
                .duration(nearest == AudioCodec.L16 ? nearestSendRate() : STEP_MS)
                .build();
    }

    /** The rate of codecs that have one only. */
    private static AudioSampleRate onlyRate(AudioCodec codec) {
        return switch (codec) {
            case G711 -> AudioSampleRate.SR_8K;
            case OPUS -> AudioSampleRate.SR_48K;
            default -> AudioSampleRate.SR_16K;
        };
    }

    private int nearestSendRate() {
        return Math.clamp(sendRate, STEP_MS, LONGEST_MS) / STEP_MS * STEP_MS;
    }
}
