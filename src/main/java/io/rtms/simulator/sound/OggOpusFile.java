package io.rtms.simulator.sound;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads the packets of an Ogg file with one Opus stream (RFC 3533 and 7845), unchanged; each has to last 20 ms.
 *
 * <pre>
 *   page:  "OggS" 0 | flags | granule (8) | stream (4) | page (4) | checksum (4) | n | n lengths | data
 *   a length of 255 goes on in the next; lengths below end a packet
 * </pre>
 */
final class OggOpusFile {
    private static final int HEADER_BYTES = 27;
    private static final int STREAM_AT = 14;
    private static final int LENGTHS_AT = 26;
    private static final int GOES_ON = 255;
    /** Head and tags come before the sound. */
    private static final int HEADERS = 2;

    private static final int SAMPLES_20_MS = 960;

    private final String name;
    private final byte[] bytes;
    private final List<byte[]> packets = new ArrayList<>();
    private final ByteArrayOutputStream unfinished = new ByteArrayOutputStream();

    private OggOpusFile(String name, byte[] bytes) {
        this.name = name;
        this.bytes = bytes;
    }

    /** Throws {@link SoundException} where the file is something else. */
    static Packets read(Path file) {
        try {
            return read(file.toString(), Files.readAllBytes(file));
        } catch (IOException e) {
            throw new SoundException(file + " cannot be read (" + e + ")", e);
        }
    }

    static Packets read(String name, byte[] file) {
        return new OggOpusFile(name, file).read();
    }

    private Packets read() {
        for (int at = 0; at < bytes.length; ) {
            at = readPage(at);
        }
        if (packets.isEmpty() || !startsWith(packets.getFirst(), "OpusHead")) {
            throw new SoundException(name + " is no Ogg file with Opus: " + advice());
        }
        List<byte[]> sound = packets.subList(Math.min(HEADERS, packets.size()), packets.size());
        if (sound.isEmpty()) {
            throw new SoundException(name + " has no sound");
        }
        for (byte[] packet : sound) {
            if (samples(packet) != SAMPLES_20_MS) {
                throw new SoundException(
                        name + " has a packet of " + samples(packet) / 48 + " ms; needed is 20 ms: " + advice());
            }
        }
        return new Packets(sound);
    }

    private int readPage(int at) {
        if (at + HEADER_BYTES > bytes.length || !isPage(at)) {
            throw new SoundException(name + " is no Ogg file with Opus: " + advice());
        }
        int lengths = bytes[at + LENGTHS_AT] & 0xFF;
        int data = at + HEADER_BYTES + lengths;
        for (int i = 0; i < lengths; i++) {
            int length = at + HEADER_BYTES + i < bytes.length ? bytes[at + HEADER_BYTES + i] & 0xFF : 0;
            if (data + length > bytes.length) {
                throw new SoundException(name + " ends in the middle of a page");
            }
            if (isFirstStream(at)) {
                take(data, length);
            }
            data += length;
        }
        return data;
    }

    private boolean isPage(int at) {
        return bytes[at] == 'O' && bytes[at + 1] == 'g' && bytes[at + 2] == 'g' && bytes[at + 3] == 'S';
    }

    private boolean isFirstStream(int at) {
        for (int i = STREAM_AT; i < STREAM_AT + 4; i++) {
            if (bytes[at + i] != bytes[i]) {
                return false;
            }
        }
        return true;
    }

    private void take(int from, int length) {
        unfinished.write(bytes, from, length);
        if (length < GOES_ON) {
            packets.add(unfinished.toByteArray());
            unfinished.reset();
        }
    }

    /** Samples at 48 kHz in a packet, from its first two bytes (RFC 6716, section 3); 0 for none. */
    private static int samples(byte[] packet) {
        if (packet.length == 0) {
            return 0;
        }
        int configuration = (packet[0] & 0xFF) >> 3;
        int frames = switch (packet[0] & 3) {
            case 0 -> 1;
            case 1, 2 -> 2;
            default -> packet.length > 1 ? packet[1] & 0x3F : 0;
        };
        return frames * samplesOfFrame(configuration);
    }

    private static int samplesOfFrame(int configuration) {
        if (configuration < 12) {
            return new int[] {480, 960, 1920, 2880}[configuration & 3];
        }
        return configuration < 16 ? 480 << (configuration & 1) : 120 << (configuration & 3);
    }

    private static boolean startsWith(byte[] packet, String magic) {
        return new String(packet, 0, Math.min(packet.length, magic.length()), StandardCharsets.ISO_8859_1)
                .equals(magic);
    }

    private String advice() {
        return "ffmpeg -i in.wav -c:a libopus -frame_duration 20 out.opus";
    }
}
