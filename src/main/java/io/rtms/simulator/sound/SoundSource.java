package io.rtms.simulator.sound;

import io.rtms.media.AudioCodec;
import java.nio.file.Path;

/** Where the sounds of a meeting's speakers come from. Many meetings may share one, and with it the samples in memory. */
@FunctionalInterface
public interface SoundSource {
    /** A fresh sound for a speaker, at its beginning; {@code index} counts the speakers of a meeting from 0. */
    Sound of(String speaker, int index);

    /** Whether anybody has a recording in this codec. */
    default boolean hasRecorded(AudioCodec codec) {
        return false;
    }

    /** Made tones, another pitch for each speaker. */
    static SoundSource tones() {
        return Recordings.tones();
    }

    /**
     * A file for everybody, or a folder with files {@code <speaker>.wav} and so on for each (upper and lower case are the same; who has no file
     * gets tones). {@code .wav} is PCM, 16 bit, mono or stereo, with 8, 16, 32 or 48 kHz; {@code .opus} is Ogg Opus with packets of 20 ms, and
     * {@code .g722} raw G.722 with 64 kbit/s: both are sent as they are to clients that ask for that codec. Throws {@link SoundException} where
     * a file is missing or something else.
     */
    static SoundSource of(Path path) {
        return Recordings.of(path);
    }
}
