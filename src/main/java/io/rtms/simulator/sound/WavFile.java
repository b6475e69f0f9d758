package io.rtms.simulator.sound;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Set;

/**
 * A WAV file: PCM, 16 bit, mono or stereo, with one of the four rates that Zoom knows. Chunks besides "fmt " and "data", such as LIST, are
 * passed over. Immutable once read.
 */
final class WavFile {
    private static final int PCM = 1;
    private static final int EXTENSIBLE = 0xFFFE;
    private static final int FORMAT_BYTES = 16;
    private static final int SUBFORMAT_OFFSET = 24;
    private static final Set<Integer> RATES = Set.of(8_000, 16_000, 32_000, 48_000);

    private final String name;
    private final ByteBuffer bytes;
    private PcmFormat format;
    private byte[] samples;

    private WavFile(String name, byte[] bytes) {
        this.name = name;
        this.bytes = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }

    /** Throws {@link SoundException} where the file is something else. */
    static WavFile read(Path file) {
        try {
            return read(file.toString(), Files.readAllBytes(file));
        } catch (IOException e) {
            throw new SoundException(file + " cannot be read (" + e + ")", e);
        }
    }

    static WavFile read(String name, byte[] file) {
        WavFile wav = new WavFile(name, file);
        wav.read();
        return wav;
    }

    PcmFormat format() {
        return format;
    }

    /** The bytes of the data chunk, unchanged; shared, and not to be written to. */
    byte[] samples() {
        return samples;
    }

    private void read() {
        if (bytes.capacity() < 12 || !"RIFF".equals(word(0)) || !"WAVE".equals(word(8))) {
            throw new SoundException(name + " is no WAV file: it does not begin with RIFF and WAVE");
        }
        int at = 12;
        while (at + 8 <= bytes.capacity()) {
            String chunk = word(at);
            long size = Integer.toUnsignedLong(bytes.getInt(at + 4));
            int begin = at + 8;
            // A writer that could not go back leaves 0 or the largest number as size of the data: they last until the
            // file ends.
            int length = (int) Math.min(size, bytes.capacity() - begin);
            if ("fmt ".equals(chunk)) {
                format = format(begin, length);
            } else if ("data".equals(chunk)) {
                samples = data(begin, size == 0 ? bytes.capacity() - begin : length);
                return;
            }
            at = begin + length + (length & 1);
        }
        throw new SoundException(name + " has no data chunk");
    }

    private byte[] data(int begin, int length) {
        if (format == null) {
            throw new SoundException(name + " has no fmt chunk before its data");
        }
        int whole = length - length % (2 * format.channels());
        if (whole == 0) {
            throw new SoundException(name + " has no samples");
        }
        return Arrays.copyOfRange(bytes.array(), begin, begin + whole);
    }

    private PcmFormat format(int at, int length) {
        if (length < FORMAT_BYTES) {
            throw new SoundException(name + " has a fmt chunk of only " + length + " bytes");
        }
        int coding = Short.toUnsignedInt(bytes.getShort(at));
        if (coding == EXTENSIBLE && length >= SUBFORMAT_OFFSET + 2) {
            coding = Short.toUnsignedInt(bytes.getShort(at + SUBFORMAT_OFFSET));
        }
        int channels = bytes.getShort(at + 2);
        int rate = bytes.getInt(at + 4);
        int bits = bytes.getShort(at + 14);
        if (coding != PCM || channels < 1 || channels > 2 || !RATES.contains(rate) || bits != 16) {
            throw new SoundException(
                    "%s has format %d, %d channel(s), %d Hz, %d bit; needed is PCM (1), 1 or 2, 8000, 16000, 32000 or 48000 Hz, 16 bit: ffmpeg -i %s -ac 1 -ar 16000 -c:a pcm_s16le out.wav"
                            .formatted(name, coding, channels, rate, bits, name));
        }
        return new PcmFormat(rate, channels);
    }

    private String word(int at) {
        return new String(bytes.array(), at, 4, StandardCharsets.ISO_8859_1);
    }
}
