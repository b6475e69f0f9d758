package com.example.recorder;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FoldersTest {
    @TempDir
    Path root;

    @ParameterizedTest
    @ValueSource(strings = {"../../etc", "..", ".", "", "/", "a/b", "a\\b", "a\nb", "NUL", "ü\u202E", "a.2"})
    void everyIdHasAFolderOfItsOwnWithinTheRoot(String id) throws Exception {
        Folders folders = new Folders(root);
        Path folder = folders.create(id);
        assertEquals(root, folder.getParent());
        assertTrue(folder.getFileName().toString().matches("[A-Za-z0-9_~-]+"), folder::toString);
        assertNotEquals(folder, folders.create("a_b"));
    }

    @Test
    void namesAreShortHoweverLongTheIdIs() {
        assertTrue(Folders.unique("x".repeat(100_000)).length() < 100);
        assertNotEquals(Folders.unique("x".repeat(100_000)), Folders.unique("x".repeat(100_001)));
        assertNotEquals(Folders.unique("abc"), Folders.unique("ABC").toLowerCase());
    }

    @Test
    void aStreamThatComesAgainHasAnotherFolder() throws Exception {
        Folders folders = new Folders(root);
        assertEquals(
                List.of("a", "a.2", "a.3"),
                Stream.of(folders.create("a"), folders.create("a"), folders.create("a"))
                        .map(folder -> folder.getFileName().toString())
                        .toList());
    }

    @Test
    void allFoldersOfAStreamAreDeletedAndNoOthers() throws Exception {
        Folders folders = new Folders(root);
        Files.writeString(folders.create("a").resolve("file"), "x");
        Files.writeString(folders.create("a").resolve("file"), "x");
        Path other = folders.create("ab");
        folders.delete("a");
        try (Stream<Path> left = Files.list(root)) {
            assertEquals(List.of(other), left.toList());
        }
        new Folders(root.resolve("nowhere")).delete("a");
    }
}
