package io.rtms.simulator.sound;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/** Reads the samples of a WAV file: PCM, 16 bit, 16 kHz, mono. Chunks besides "fmt " and "data", such as LIST, are passed over. */
final class WavFile {
    private static final int PCM = 1;
    private static final int EXTENSIBLE = 0xFFFE;
    private static final int FORMAT_BYTES = 16;
    private static final int SUBFORMAT_OFFSET = 24;

    private final String name;
    private final ByteBuffer bytes;

    private WavFile(String name, byte[] bytes) {
        this.name = name;
        this.bytes = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }

    /** The bytes of the data chunk, unchanged; throws {@link SoundException} where the file is something else. */
    static byte[] samples(Path file) {
        try {
            return samples(file.toString(), Files.readAllBytes(file));
        } catch (IOException e) {
            throw new SoundException(file + " cannot be read (" + e + ")", e);
        }
    }

    static byte[] samples(String name, byte[] file) {
        return new WavFile(name, file).samples();
    }

    private byte[] samples() {
        if (bytes.capacity() < 12 || !"RIFF".equals(word(0)) || !"WAVE".equals(word(8))) {
            throw new SoundException(name + " is no WAV file: it does not begin with RIFF and WAVE");
        }
        boolean known = false;
        int at = 12;
        while (at + 8 <= bytes.capacity()) {
            String chunk = word(at);
            long size = Integer.toUnsignedLong(bytes.getInt(at + 4));
            int begin = at + 8;
            // A writer that could not go back leaves 0 or the largest number as size of the data: they last until the
            // file ends.
            int length = (int) Math.min(size, bytes.capacity() - begin);
            if ("fmt ".equals(chunk)) {
                checkFormat(begin, length);
                known = true;
            } else if ("data".equals(chunk)) {
                return data(known, begin, size == 0 ? bytes.capacity() - begin : length);
            }
            at = begin + length + (length & 1);
        }
        throw new SoundException(name + " has no data chunk");
    }

    private byte[] data(boolean known, int begin, int length) {
        if (!known) {
            throw new SoundException(name + " has no fmt chunk before its data");
        }
        if (length < 2) {
            throw new SoundException(name + " has no samples");
        }
        return Arrays.copyOfRange(bytes.array(), begin, begin + (length & ~1));
    }

    private void checkFormat(int at, int length) {
        if (length < FORMAT_BYTES) {
            throw new SoundException(name + " has a fmt chunk of only " + length + " bytes");
        }
        int format = Short.toUnsignedInt(bytes.getShort(at));
        if (format == EXTENSIBLE && length >= SUBFORMAT_OFFSET + 2) {
            format = Short.toUnsignedInt(bytes.getShort(at + SUBFORMAT_OFFSET));
        }
        int channels = bytes.getShort(at + 2);
        int rate = bytes.getInt(at + 4);
        int bits = bytes.getShort(at + 14);
        if (format != PCM || channels != 1 || rate != 16_000 || bits != 16) {
            throw new SoundException(
                    "%s has format %d, %d channel(s), %d Hz, %d bit; needed is PCM (1), 1, 16000 Hz, 16 bit: ffmpeg -i %s -ac 1 -ar 16000 -c:a pcm_s16le out.wav"
                            .formatted(name, format, channels, rate, bits, name));
        }
    }

    private String word(int at) {
        return new String(bytes.array(), at, 4, StandardCharsets.ISO_8859_1);
    }
}
