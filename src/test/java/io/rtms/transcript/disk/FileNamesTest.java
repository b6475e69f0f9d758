package io.rtms.transcript.disk;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.rtms.transcript.log.Reading;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileNamesTest {
    private static final List<String> HOSTILE = List.of(
            "../../etc/passwd",
            "/etc/passwd",
            "..",
            ".",
            ".lock",
            "a/b",
            "a\\b",
            "a_b",
            "nul\0byte",
            "line\nbreak",
            "abc",
            "ABC",
            "Abc",
            "aBC",
            "abc~0123456789abcdef0123456789abcdef",
            "a.jsonl",
            "a.corrupt",
            " ",
            "über/straße",
            "\uD83D\uDE00",
            "*?<>|:\"",
            "-rf",
            "x".repeat(10_240),
            "x".repeat(10_239) + "y",
            "x".repeat(64),
            "x".repeat(65));

    @Test
    void ordinaryIdsCanBeRead() {
        assertEquals("609340fb2a7946909659956c8aa9250c", FileNames.of("609340fb2a7946909659956c8aa9250c"));
        assertTrue(FileNames.of("Team/Meeting+7==").startsWith("Team_Meeting_7_~"));
    }

    @Test
    void everyIdHasANameOfItsOwnThatIsSafe() {
        Set<String> names = HOSTILE.stream()
                .map(FileNames::of)
                .map(name -> name.toLowerCase(Locale.ROOT))
                .collect(Collectors.toSet());
        assertEquals(HOSTILE.size(), names.size());
        names.forEach(name -> {
            assertTrue(name.matches("[a-z0-9_~-]+"), name);
            assertTrue(name.getBytes(StandardCharsets.UTF_8).length <= 100, name);
        });
    }

    @Test
    void everyIdKeepsItsTranscriptAndNothingIsWrittenElsewhere(@TempDir Path parent) throws Exception {
        Path folder = parent.resolve("data/transcripts");
        try (Shelf shelf = Shelf.open(folder)) {
            HOSTILE.forEach(id -> Shelf.say(shelf.begin(id), 3));
            assertTrue(shelf.state.isOk());
        }
        try (Shelf shelf = Shelf.open(folder)) {
            assertEquals(Set.copyOf(HOSTILE), shelf.found.keySet());
            HOSTILE.forEach(id -> Reading.of(shelf.log(id)).assertLines(1, 3));
        }
        try (Stream<Path> files = Files.walk(parent)) {
            List<Path> elsewhere = files.filter(Files::isRegularFile)
                    .filter(file -> !file.getParent().equals(folder))
                    .toList();
            assertEquals(List.of(), elsewhere);
        }
    }
}
