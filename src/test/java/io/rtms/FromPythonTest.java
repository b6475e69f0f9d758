package io.rtms;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** The README's table from Python to Java: no empty cell, every test is there, and what is called in Java is there too. */
class FromPythonTest {
    private static final Pattern CODE = Pattern.compile("`([^`]+)`");
    private static final Pattern CALLED = Pattern.compile("\\b([a-z][A-Za-z]+)\\(");
    private static final int LEAST_ROWS = 40;

    @TestFactory
    Stream<DynamicTest> everyRowIsTrue() throws IOException {
        List<String[]> rows = rows();
        assertTrue(rows.size() >= LEAST_ROWS, rows.size() + " rows");
        String sources = sources(Path.of("src"));
        return rows.stream().map(row -> DynamicTest.dynamicTest(row[0], () -> check(row, sources)));
    }

    private static void check(String[] row, String sources) throws IOException {
        assertTrue(row.length == 3, "three cells");
        for (String cell : row) {
            assertFalse(cell.isBlank());
        }
        for (String test : code(row[2])) {
            try (Stream<Path> files = Files.walk(Path.of("src/test/java"))) {
                assertTrue(files.anyMatch(file -> file.endsWith(test + ".java")), test);
            }
        }
        for (String java : code(row[1])) {
            CALLED.matcher(java)
                    .results()
                    .map(MatchResult::group)
                    .forEach(call -> assertTrue(sources.contains(call), call + ") is nowhere"));
        }
    }

    private static List<String> code(String cell) {
        return CODE.matcher(cell).results().map(found -> found.group(1)).toList();
    }

    private static List<String[]> rows() throws IOException {
        return Files.readString(Path.of("README.md"))
                .lines()
                .dropWhile(line -> !line.equals("## From Python to Java"))
                .skip(1)
                .takeWhile(line -> !line.startsWith("## "))
                .filter(line -> line.startsWith("| ") && !line.startsWith("| Python |"))
                .map(line -> line.substring(1, line.length() - 1).split("\\|"))
                .toList();
    }

    private static String sources(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(file -> file.toString().endsWith(".java"))
                    .map(FromPythonTest::read)
                    .collect(Collectors.joining());
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
