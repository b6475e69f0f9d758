package io.rtms.simulator.picture;

import io.rtms.media.VideoCodec;
import io.rtms.media.VideoResolution;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The pictures that come with the simulator, each read when it is first wished for. */
final class TestPictures implements PictureSource {
    static final PictureSource SOURCE = new TestPictures();

    private static final String FOLDER = "/simulator/pictures/";

    private final Map<String, Clip> clips = new ConcurrentHashMap<>();

    private TestPictures() {}

    @Override
    public Clip of(Wish wish) {
        return clips.computeIfAbsent(name(wish.codec(), wish.resolution()), TestPictures::read);
    }

    private static String name(VideoCodec codec, VideoResolution resolution) {
        return FOLDER + (resolution.name() + "." + codec.name()).toLowerCase(Locale.ROOT);
    }

    private static Clip read(String name) {
        try (InputStream stream = TestPictures.class.getResourceAsStream(name)) {
            if (stream == null) {
                throw new PictureException(name + " is missing from the application");
            }
            byte[] bytes = stream.readAllBytes();
            return name.endsWith(".h264") ? AnnexB.read(name, bytes) : new Clip(List.of(bytes));
        } catch (IOException e) {
            throw new PictureException(name + " cannot be read", e);
        }
    }
}
