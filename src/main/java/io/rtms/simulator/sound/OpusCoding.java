package io.rtms.simulator.sound;

import io.github.jaredmdobson.concentus.OpusApplication;
import io.github.jaredmdobson.concentus.OpusEncoder;
import io.github.jaredmdobson.concentus.OpusException;
import java.util.Arrays;

/** Opus at 48 kHz, a packet of 20 ms for each frame. */
final class OpusCoding implements AudioEncoder {
    private static final int BITS_PER_SECOND = 32_000;
    /** Out of 10: quick rather than fine. */
    private static final int EFFORT = 3;

    private static final int LONGEST_PACKET = 1275;

    private final OpusEncoder encoder;
    private final int channels;
    private final byte[] packet = new byte[LONGEST_PACKET];

    OpusCoding(PcmFormat format) {
        channels = format.channels();
        try {
            encoder = new OpusEncoder(format.hertz(), channels, OpusApplication.OPUS_APPLICATION_AUDIO);
        } catch (OpusException e) {
            throw new IllegalArgumentException("Opus does not take " + format, e);
        }
        encoder.setBitrate(BITS_PER_SECOND * channels);
        encoder.setComplexity(EFFORT);
    }

    @Override
    public byte[] encode(short[] samples) {
        try {
            int length = encoder.encode(samples, 0, samples.length / channels, packet, 0, packet.length);
            return Arrays.copyOf(packet, length);
        } catch (OpusException e) {
            throw new IllegalStateException("Opus took no frame of " + samples.length + " samples", e);
        }
    }
}
