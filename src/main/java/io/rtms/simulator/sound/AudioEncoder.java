package io.rtms.simulator.sound;

import io.rtms.media.AudioCodec;

/** Codes samples, frame after frame of one stream. For one thread at a time. */
@FunctionalInterface
public interface AudioEncoder {
    /** The frame's bytes; samples of channels are interleaved. */
    byte[] encode(short[] samples);

    /** An encoder; there is none for G.722. Throws {@link IllegalArgumentException} for what cannot be coded. */
    static AudioEncoder of(AudioCodec codec, PcmFormat format) {
        return switch (codec) {
            case L16 -> AudioEncoder::littleEndian;
            case G711 -> ALaw::encode;
            case OPUS -> new OpusCoding(format);
            default -> throw new IllegalArgumentException("Nothing is encoded as " + codec);
        };
    }

    private static byte[] littleEndian(short[] samples) {
        byte[] bytes = new byte[samples.length * 2];
        for (int i = 0; i < samples.length; i++) {
            bytes[2 * i] = (byte) samples[i];
            bytes[2 * i + 1] = (byte) (samples[i] >> 8);
        }
        return bytes;
    }
}
