package io.rtms.simulator.sound;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Cuts a raw G.722 file of 64 kbit/s into packets of 20 ms, unchanged. */
final class G722File {
    private static final int BYTES_20_MS = 160;

    private G722File() {}

    /** Throws {@link SoundException} where the file holds less than 20 ms. */
    static Packets read(Path file) {
        byte[] bytes;
        try {
            bytes = Files.readAllBytes(file);
        } catch (IOException e) {
            throw new SoundException(file + " cannot be read (" + e + ")", e);
        }
        List<byte[]> packets = new ArrayList<>();
        for (int at = 0; at + BYTES_20_MS <= bytes.length; at += BYTES_20_MS) {
            packets.add(Arrays.copyOfRange(bytes, at, at + BYTES_20_MS));
        }
        if (packets.isEmpty()) {
            throw new SoundException(
                    file + " holds less than 20 ms: ffmpeg -i in.wav -ac 1 -ar 16000 -c:a g722 -f g722 out.g722");
        }
        return new Packets(packets);
    }
}
