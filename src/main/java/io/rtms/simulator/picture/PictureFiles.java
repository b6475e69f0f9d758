package io.rtms.simulator.picture;

import io.rtms.media.VideoCodec;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;

/** Pictures out of files, all read and checked at once. Immutable. */
final class PictureFiles implements PictureSource {
    /** One file, as it was found. */
    private record Entry(String name, VideoCodec codec, List<byte[]> frames) {}

    private static final byte[] JPG_BEGIN = {(byte) 0xFF, (byte) 0xD8, (byte) 0xFF};
    private static final byte[] PNG_BEGIN = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1A, '\n'};

    private final List<Entry> everybodys = new ArrayList<>();
    private final Map<String, List<Entry>> folders = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    private final boolean named;

    PictureFiles(Path path) {
        named = Files.isDirectory(path);
        if (!named) {
            everybodys.add(
                    read(path).orElseThrow(() -> new PictureException(path + " is no .h264, .jpg or .png file")));
            return;
        }
        for (Path file : sorted(path)) {
            if (Files.isDirectory(file)) {
                folders.put(file.getFileName().toString(), entries(file));
            } else {
                read(file).ifPresent(everybodys::add);
            }
        }
        if (everybodys.isEmpty() && folders.isEmpty()) {
            throw new PictureException(path + " holds no .h264, .jpg or .png file");
        }
    }

    private static List<Entry> entries(Path folder) {
        return sorted(folder).stream()
                .filter(Files::isRegularFile)
                .flatMap(file -> read(file).stream())
                .toList();
    }

    private static List<Path> sorted(Path folder) {
        List<Path> files = new ArrayList<>();
        try (DirectoryStream<Path> found = Files.newDirectoryStream(folder)) {
            found.forEach(files::add);
        } catch (IOException e) {
            throw new PictureException(folder + " cannot be read (" + e + ")", e);
        }
        files.sort(null);
        return files;
    }

    /** Empty for a file that is none of ours. */
    private static Optional<Entry> read(Path file) {
        String full = file.getFileName().toString();
        int dot = full.lastIndexOf('.');
        Optional<VideoCodec> codec = codec(full.substring(dot + 1));
        if (dot < 0 || codec.isEmpty()) {
            return Optional.empty();
        }
        try {
            byte[] bytes = Files.readAllBytes(file);
            List<byte[]> frames = codec.get() == VideoCodec.H264
                    ? AnnexB.read(file.toString(), bytes).frames()
                    : List.of(checked(file, bytes, codec.get()));
            return Optional.of(new Entry(full.substring(0, dot), codec.get(), frames));
        } catch (IOException e) {
            throw new PictureException(file + " cannot be read (" + e + ")", e);
        }
    }

    private static Optional<VideoCodec> codec(String extension) {
        return switch (extension.toLowerCase(Locale.ROOT)) {
            case "h264", "264" -> Optional.of(VideoCodec.H264);
            case "jpg", "jpeg" -> Optional.of(VideoCodec.JPG);
            case "png" -> Optional.of(VideoCodec.PNG);
            default -> Optional.empty();
        };
    }

    private static byte[] checked(Path file, byte[] image, VideoCodec codec) {
        byte[] begin = codec == VideoCodec.JPG ? JPG_BEGIN : PNG_BEGIN;
        for (int i = 0; i < begin.length; i++) {
            if (i >= image.length || image[i] != begin[i]) {
                throw new PictureException(file + " is no " + codec + " image");
            }
        }
        return image;
    }

    @Override
    public Clip of(Wish wish) {
        List<byte[]> frames = new ArrayList<>();
        collect(folders.getOrDefault(wish.who(), List.of()), wish, name -> true, frames);
        if (frames.isEmpty() && named) {
            collect(everybodys, wish, wish.who()::equalsIgnoreCase, frames);
        }
        if (frames.isEmpty()) {
            collect(everybodys, wish, name -> !named || !isSomebody(name, wish.people()), frames);
        }
        return frames.isEmpty() ? PictureSource.builtIn().of(wish) : new Clip(frames);
    }

    private static void collect(List<Entry> from, Wish wish, Predicate<String> wanted, List<byte[]> frames) {
        for (Entry entry : from) {
            if (entry.codec() == wish.codec() && wanted.test(entry.name())) {
                frames.addAll(entry.frames());
            }
        }
    }

    private static boolean isSomebody(String name, Collection<String> people) {
        return people.stream().anyMatch(name::equalsIgnoreCase);
    }
}
