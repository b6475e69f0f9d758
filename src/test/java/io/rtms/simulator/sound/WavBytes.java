package io.rtms.simulator.sound;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Random;

/** WAV files for tests, made byte by byte. */
public final class WavBytes {
    private WavBytes() {}

    /** Samples that never repeat. */
    public static byte[] noise(int seed, int length) {
        byte[] samples = new byte[length];
        new Random(seed).nextBytes(samples);
        return samples;
    }

    /** PCM, mono, 16 kHz, 16 bit. */
    public static byte[] file(byte[] samples) {
        return riff(format(1, 1, 16_000, 16), chunk("data", samples));
    }

    static byte[] riff(byte[]... chunks) {
        ByteBuffer all = ByteBuffer.allocate(4
                + java.util.Arrays.stream(chunks)
                        .mapToInt(chunk -> chunk.length)
                        .sum());
        all.put("WAVE".getBytes(StandardCharsets.US_ASCII));
        for (byte[] chunk : chunks) {
            all.put(chunk);
        }
        return chunk("RIFF", all.array());
    }

    static byte[] format(int format, int channels, int rate, int bits) {
        ByteBuffer body = ByteBuffer.allocate(16).order(ByteOrder.LITTLE_ENDIAN);
        int frame = channels * bits / 8;
        body.putShort((short) format).putShort((short) channels).putInt(rate).putInt(rate * frame);
        body.putShort((short) frame).putShort((short) bits);
        return chunk("fmt ", body.array());
    }

    /** Padded to an even length, as RIFF demands. */
    static byte[] chunk(String name, byte[] body) {
        ByteBuffer chunk =
                ByteBuffer.allocate(8 + body.length + (body.length & 1)).order(ByteOrder.LITTLE_ENDIAN);
        chunk.put(name.getBytes(StandardCharsets.US_ASCII)).putInt(body.length).put(body);
        return chunk.array();
    }
}
