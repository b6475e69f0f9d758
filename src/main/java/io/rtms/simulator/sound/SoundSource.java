package io.rtms.simulator.sound;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

/**
 * Where the sounds of a meeting's speakers come from. Immutable: many meetings may share one, and with it the samples in memory.
 */
public final class SoundSource {
    private static final String WAV = ".wav";

    private final byte[] everybody;
    private final Map<String, byte[]> speakers;

    private SoundSource(byte[] everybody, Map<String, byte[]> speakers) {
        this.everybody = everybody;
        this.speakers = speakers;
    }

    /** Made tones, another pitch for each speaker. */
    public static SoundSource tones() {
        return new SoundSource(null, Map.of());
    }

    /**
     * A WAV file for everybody, or a folder with one {@code <speaker>.wav} for each (upper and lower case are the same; who has no file
     * gets
     * tones). PCM, 16 bit, 16 kHz, mono. Throws {@link SoundException} where a file is missing or something else.
     */
    public static SoundSource of(Path path) {
        if (!Files.isDirectory(path)) {
            return new SoundSource(WavFile.samples(path), Map.of());
        }
        Map<String, byte[]> speakers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        try (DirectoryStream<Path> files = Files.newDirectoryStream(path, "*.{wav,WAV}")) {
            for (Path file : files) {
                String name = file.getFileName().toString();
                speakers.put(name.substring(0, name.length() - WAV.length()), WavFile.samples(file));
            }
        } catch (IOException e) {
            throw new SoundException(path + " cannot be read (" + e + ")", e);
        }
        if (speakers.isEmpty()) {
            throw new SoundException(path + " holds no WAV file: expected one <speaker>.wav for each speaker");
        }
        return new SoundSource(null, speakers);
    }

    /** A fresh sound for a speaker, at its beginning. */
    public Sound of(String speaker, int index) {
        byte[] own = speakers.get(speaker);
        if (own == null) {
            own = everybody != null ? everybody : Tones.voice(index);
        }
        return new Sound(own);
    }
}
