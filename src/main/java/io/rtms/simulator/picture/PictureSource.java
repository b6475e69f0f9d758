package io.rtms.simulator.picture;

import io.rtms.media.VideoCodec;
import io.rtms.media.VideoResolution;
import java.nio.file.Path;
import java.util.Collection;

/** Where pictures come from. Many meetings may share one, and with it the frames in memory. For all threads. */
@FunctionalInterface
public interface PictureSource {
    /**
     * What is to be shown.
     *
     * @param who whose picture
     * @param people everybody of the meeting, whose own pictures are nobody else's
     * @param codec its codec
     * @param resolution its size; files are shown in the size they have
     */
    record Wish(String who, Collection<String> people, VideoCodec codec, VideoResolution resolution) {}

    /** The clip that fits best; there is always one. */
    Clip of(Wish wish);

    /** What comes with the simulator: a test pattern in H.264, a slide as JPG and PNG, in every size. */
    static PictureSource builtIn() {
        return TestPictures.SOURCE;
    }

    /**
     * A file for everybody, or a folder: {@code <person>.h264}, {@code .jpg} or {@code .png} is that person's (upper and lower case are the
     * same), and so is a folder {@code <person>} with images in the order of their names; all others are everybody's, in the order of their
     * names. {@code .h264} is an Annex B byte stream. What no file has comes from {@link #builtIn()}. Throws {@link PictureException} where
     * a file is missing or something else.
     */
    static PictureSource of(Path path) {
        return new PictureFiles(path);
    }
}
