package io.rtms.simulator.sound;

import io.rtms.media.AudioCodec;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** Sounds out of files, and tones for whoever has none. */
final class Recordings implements SoundSource {
    /** What there is of one speaker. */
    private static final class Recording {
        private WavFile wav;
        private final Map<AudioCodec, Packets> packets = new EnumMap<>(AudioCodec.class);

        void read(Path file) {
            switch (extension(file)) {
                case "opus" -> packets.put(AudioCodec.OPUS, OggOpusFile.read(file));
                case "g722" -> packets.put(AudioCodec.G722, G722File.read(file));
                default -> wav = WavFile.read(file);
            }
        }

        Sound sound(int index) {
            return wav == null ? Tones.sound(index, packets) : new Sound(wav.samples(), wav.format(), packets);
        }
    }

    private final Recording everybody;
    private final Map<String, Recording> speakers;

    private Recordings(Recording everybody, Map<String, Recording> speakers) {
        this.everybody = everybody;
        this.speakers = speakers;
    }

    static SoundSource tones() {
        return new Recordings(new Recording(), Map.of());
    }

    static SoundSource of(Path path) {
        Recording everybody = new Recording();
        if (!Files.isDirectory(path)) {
            everybody.read(path);
            return new Recordings(everybody, Map.of());
        }
        Map<String, Recording> speakers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        try (DirectoryStream<Path> files = Files.newDirectoryStream(path, "*.{wav,WAV,opus,OPUS,g722,G722}")) {
            for (Path file : files) {
                speakers.computeIfAbsent(speaker(file), name -> new Recording()).read(file);
            }
        } catch (IOException e) {
            throw new SoundException(path + " cannot be read (" + e + ")", e);
        }
        if (speakers.isEmpty()) {
            throw new SoundException(path + " holds no sound: expected <speaker>.wav, .opus or .g722 for each speaker");
        }
        return new Recordings(everybody, speakers);
    }

    private static String extension(Path file) {
        String name = file.getFileName().toString();
        return name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
    }

    private static String speaker(Path file) {
        String name = file.getFileName().toString();
        return name.substring(0, name.lastIndexOf('.'));
    }

    @Override
    public Sound of(String speaker, int index) {
        return speakers.getOrDefault(speaker, everybody).sound(index);
    }

    @Override
    public boolean hasRecorded(AudioCodec codec) {
        return everybody.packets.containsKey(codec)
                || speakers.values().stream().anyMatch(one -> one.packets.containsKey(codec));
    }
}
