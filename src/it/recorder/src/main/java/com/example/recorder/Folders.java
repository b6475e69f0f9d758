package com.example.recorder;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Folders of streams, and names in them. Ids and names come from outside: they may hold slashes, dots, anything, and be of any length. A stream that is
 * joined again, after a restart for example, has another folder: {@code id}, {@code id.2}, {@code id.3}.
 */
final class Folders {
    private static final Pattern PLAIN = Pattern.compile("[a-z0-9_-]{1,64}");
    private static final Pattern UNSAFE = Pattern.compile("[^A-Za-z0-9_-]+");
    private static final int READABLE = 40;

    private final Path root;

    Folders(Path root) {
        this.root = root;
    }

    /** A new folder for a stream. */
    Path create(String streamId) throws IOException {
        Files.createDirectories(root);
        String name = unique(streamId);
        for (int i = 1; ; i++) {
            try {
                return Files.createDirectory(root.resolve(i == 1 ? name : name + "." + i));
            } catch (FileAlreadyExistsException e) {
                // the next one
            }
        }
    }

    /** Deletes all folders of a stream. */
    void delete(String streamId) throws IOException {
        Pattern its = Pattern.compile(Pattern.quote(unique(streamId)) + "(\\.[0-9]+)?");
        for (Path folder : list(root)) {
            if (its.matcher(folder.getFileName().toString()).matches()) {
                for (Path file : list(folder)) {
                    Files.delete(file);
                }
                Files.delete(folder);
            }
        }
    }

    private static List<Path> list(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.toList();
        }
    }

    /** A name that no other id has, whatever a file system makes of capitals: what can be read of it, and a hash where that is not all of it. */
    static String unique(String id) {
        return PLAIN.matcher(id).matches()
                ? id
                : readable(id) + "~" + UUID.nameUUIDFromBytes(id.getBytes(StandardCharsets.UTF_16BE));
    }

    /** What can be read of a name. */
    static String readable(String name) {
        return UNSAFE.matcher(name.substring(0, Math.min(READABLE, name.length())))
                .replaceAll("_");
    }
}
