package io.rtms.simulator.picture;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.rtms.media.VideoCodec;
import io.rtms.media.VideoResolution;
import io.rtms.simulator.Ffmpeg;
import java.io.ByteArrayOutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class PictureTest {
    private static final List<String> PEOPLE = List.of("Ana", "Ben");

    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource({"1, 0", "4, 0", "1, 2", "4, 3"})
    void aClipIsCutIntoAsManyAccessUnitsAsItHasFrames(int slices, int bFrames) throws Exception {
        Path file = clip("clip.h264", 25, "-x264-params", "slices=" + slices + ":aud=1:keyint=10", "-bf", "" + bFrames);
        List<byte[]> units = AnnexB.read("clip", Files.readAllBytes(file)).frames();
        assertEquals("25", Ffmpeg.probe(file, "nb_read_frames"));
        assertEquals(25, units.size());
        assertArrayEquals(Files.readAllBytes(file), together(units));
    }

    @Test
    void everyAccessUnitCanBeShownAfterThoseBefore() throws Exception {
        Path file = clip("clip.h264", 12);
        List<byte[]> units = AnnexB.read("clip", Files.readAllBytes(file)).frames();
        for (int count = 1; count <= units.size(); count++) {
            Path part = Files.write(folder.resolve("part.h264"), together(units.subList(0, count)));
            assertEquals("" + count, Ffmpeg.probe(part, "nb_read_frames"));
        }
    }

    @Test
    void aClipBeginsWithItsFirstKeyFrame() throws Exception {
        byte[] file = Files.readAllBytes(clip("clip.h264", 20, "-x264-params", "keyint=10"));
        List<byte[]> units = AnnexB.read("clip", file).frames();
        byte[] without = Arrays.copyOfRange(file, units.getFirst().length, file.length);
        List<byte[]> rest = AnnexB.read("rest", without).frames();
        assertEquals(10, rest.size());
        assertArrayEquals(units.get(10), rest.getFirst());
    }

    @Test
    void whatIsNoH264IsRefusedWithAdvice() throws Exception {
        byte[] noise = new byte[5000];
        new java.util.Random(1).nextBytes(noise);
        for (byte[] bytes : List.of(noise, new byte[0], new byte[] {0, 0, 1}, new byte[] {0, 0, 1, 0x65, 0, 0, 1})) {
            PictureException e = assertThrows(PictureException.class, () -> AnnexB.read("bad.h264", bytes));
            assertTrue(e.getMessage().contains("bad.h264") && e.getMessage().contains("libx264"), e.getMessage());
        }
    }

    @Test
    void whatComesWithTheSimulatorHasTheSizesThatCanBeAskedFor() throws Exception {
        for (VideoResolution size :
                List.of(VideoResolution.SD, VideoResolution.HD, VideoResolution.FHD, VideoResolution.QHD)) {
            for (VideoCodec codec : List.of(VideoCodec.H264, VideoCodec.JPG, VideoCodec.PNG)) {
                Clip clip = PictureSource.builtIn().of(wish("Ana", codec, size));
                Path file = folder.resolve(size + "." + codec.name().toLowerCase(Locale.ROOT));
                Files.write(file, together(clip.frames()));
                assertEquals(size.width() + "," + size.height(), Ffmpeg.probe(file, "width,height"), file.toString());
                assertEquals(codec == VideoCodec.H264 ? 60 : 1, clip.frames().size());
            }
        }
    }

    @Test
    void aFileIsEverybodysAndOtherCodecsComeFromTheSimulator() throws Exception {
        Path file = clip("any.h264", 3);
        PictureSource source = PictureSource.of(file);
        assertEquals(3, source.of(wish("Ana", VideoCodec.H264)).frames().size());
        assertSame(PictureSource.builtIn().of(wish("Ana", VideoCodec.PNG)), source.of(wish("Ana", VideoCodec.PNG)));
    }

    @Test
    void everyoneOfAFolderHasTheirOwnAndTheRestIsEverybodys() throws Exception {
        clip("ana.h264", 2);
        clip("1.h264", 3);
        clip("2.h264", 4);
        PictureSource source = PictureSource.of(folder);
        assertEquals(2, source.of(wish("Ana", VideoCodec.H264)).frames().size());
        assertEquals(7, source.of(wish("Ben", VideoCodec.H264)).frames().size());
    }

    @ParameterizedTest
    @EnumSource(
            value = VideoCodec.class,
            names = {"JPG", "PNG"})
    void imagesOfAFolderFollowEachOtherInTheOrderOfTheirNames(VideoCodec codec) throws Exception {
        String extension = "." + codec.name().toLowerCase(Locale.ROOT);
        for (int i = 1; i <= 3; i++) {
            image("slide" + i + extension, i * 16);
        }
        Files.createDirectory(folder.resolve("Ben"));
        image("Ben/own" + extension, 80);
        Files.writeString(folder.resolve("notes.txt"), "none of ours");
        PictureSource source = PictureSource.of(folder);
        Clip slides = source.of(wish("Ana", codec));
        assertEquals(3, slides.frames().size());
        for (int i = 0; i < 6; i++) {
            assertArrayEquals(Files.readAllBytes(folder.resolve("slide" + (i % 3 + 1) + extension)), slides.frame(i));
        }
        assertArrayEquals(
                Files.readAllBytes(folder.resolve("Ben/own" + extension)),
                source.of(wish("Ben", codec)).frame(0));
    }

    @Test
    void namesWhatCannotBeShown() throws Exception {
        assertThrows(PictureException.class, () -> PictureSource.of(folder), "an empty folder");
        assertThrows(PictureException.class, () -> PictureSource.of(folder.resolve("missing.png")));
        assertThrows(PictureException.class, () -> PictureSource.of(Files.writeString(folder.resolve("a.txt"), "x")));
        Path fake = Files.writeString(folder.resolve("fake.jpg"), "no image");
        PictureException e = assertThrows(PictureException.class, () -> PictureSource.of(fake));
        assertTrue(e.getMessage().contains("fake.jpg is no JPG image"), e.getMessage());
    }

    private Path clip(String name, int frames, String... options) throws Exception {
        List<String> arguments = new java.util.ArrayList<>(
                List.of("-f", "lavfi", "-i", "testsrc=size=160x96:rate=25", "-frames:v", "" + frames));
        arguments.addAll(List.of("-pix_fmt", "yuv420p", "-c:v", "libx264"));
        arguments.addAll(List.of(options));
        arguments.addAll(List.of("-f", "h264"));
        return Ffmpeg.make(folder.resolve(name), arguments.toArray(String[]::new));
    }

    private void image(String name, int size) throws Exception {
        Ffmpeg.make(folder.resolve(name), "-f", "lavfi", "-i", "testsrc=size=" + size + "x" + size, "-frames:v", "1");
    }

    private static PictureSource.Wish wish(String who, VideoCodec codec) {
        return wish(who, codec, VideoResolution.HD);
    }

    private static PictureSource.Wish wish(String who, VideoCodec codec, VideoResolution resolution) {
        return new PictureSource.Wish(who, PEOPLE, codec, resolution);
    }

    private static byte[] together(List<byte[]> frames) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        frames.forEach(all::writeBytes);
        return all.toByteArray();
    }
}
