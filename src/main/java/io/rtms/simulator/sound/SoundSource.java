package io.rtms.simulator.sound;

import java.nio.file.Path;

/** Where the sounds of a meeting's speakers come from. Many meetings may share one, and with it the samples in memory. */
@FunctionalInterface
public interface SoundSource {
    /** A fresh sound for a speaker, at its beginning; {@code index} counts the speakers of a meeting from 0. */
    Sound of(String speaker, int index);

    /** Made tones, another pitch for each speaker. */
    static SoundSource tones() {
        return Recordings.tones();
    }

    /**
     * A WAV file for everybody, or a folder with one {@code <speaker>.wav} for each (upper and lower case are the same; who has no file gets
     * tones). PCM, 16 bit, 16 kHz, mono. Throws {@link SoundException} where a file is missing or something else.
     */
    static SoundSource of(Path path) {
        return Recordings.of(path);
    }
}
