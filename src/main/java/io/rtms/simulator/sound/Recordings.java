package io.rtms.simulator.sound;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

/** Sounds out of WAV files, and tones for whoever has none. */
final class Recordings implements SoundSource {
    private static final String WAV = ".wav";

    private final byte[] everybody;
    private final Map<String, byte[]> speakers;

    private Recordings(byte[] everybody, Map<String, byte[]> speakers) {
        this.everybody = everybody;
        this.speakers = speakers;
    }

    static SoundSource tones() {
        return new Recordings(null, Map.of());
    }

    static SoundSource of(Path path) {
        if (!Files.isDirectory(path)) {
            return new Recordings(WavFile.samples(path), Map.of());
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
        return new Recordings(null, speakers);
    }

    @Override
    public Sound of(String speaker, int index) {
        byte[] own = speakers.get(speaker);
        if (own == null) {
            own = everybody != null ? everybody : Tones.voice(index);
        }
        return new Sound(own);
    }
}
