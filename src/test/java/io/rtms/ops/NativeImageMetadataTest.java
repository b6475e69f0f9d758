package io.rtms.ops;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.jna.Platform;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URL;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What the native executable is told of is there: a class that was renamed would be missed only when somebody runs it. */
class NativeImageMetadataTest {
    private static final Path FOLDER = Path.of("src/main/resources/META-INF/native-image");
    private static final Path CLASSES = Path.of("target/classes");
    private static final Set<String> TYPE_FIELDS = Set.of(
            "type",
            "jniAccessible",
            "allDeclaredConstructors",
            "allDeclaredMethods",
            "allDeclaredFields",
            "methods",
            "fields");

    @Test
    void everyClassMethodFieldAndResourceExists() throws IOException {
        List<String> wrong = new ArrayList<>();
        List<Path> files;
        try (Stream<Path> found = Files.walk(FOLDER)) {
            files = found.filter(file -> file.toString().endsWith(".json")).toList();
        }
        assertFalse(files.isEmpty());
        for (Path file : files) {
            JsonNode metadata = new ObjectMapper().readTree(file.toFile());
            assertEquals(
                    Set.of("reflection", "resources"),
                    Set.copyOf(fieldNames(metadata)),
                    () -> file + " has a section that this test does not know");
            metadata.path("reflection").forEach(type -> checkType(type, wrong));
            metadata.path("resources").forEach(resource -> checkResource(resource, wrong));
        }
        assertEquals(List.of(), wrong);
    }

    private static List<String> fieldNames(JsonNode node) {
        List<String> names = new ArrayList<>();
        node.fieldNames().forEachRemaining(names::add);
        return names;
    }

    private static void checkType(JsonNode type, List<String> wrong) {
        fieldNames(type).stream()
                .filter(name -> !TYPE_FIELDS.contains(name))
                .forEach(name -> wrong.add(type + ": unknown field " + name));
        String name = type.path("type").asText();
        try {
            Class<?> found = Class.forName(binaryName(name), false, NativeImageMetadataTest.class.getClassLoader());
            type.path("methods").forEach(method -> checkMethod(found, method, wrong));
            type.path("fields").forEach(field -> checkField(found, field, wrong));
        } catch (ClassNotFoundException e) {
            wrong.add("no class " + name);
        }
    }

    /** {@code byte[]} is {@code [B} to the class loader. */
    private static String binaryName(String name) {
        if (!name.endsWith("[]")) {
            return name;
        }
        String element = name.substring(0, name.length() - 2);
        String[] primitives = {"byte", "char", "short", "int", "long", "float", "double", "boolean"};
        int index = Arrays.asList(primitives).indexOf(element);
        return index < 0 ? "[L" + element + ";" : "[" + "BCSIJFDZ".charAt(index);
    }

    private static void checkMethod(Class<?> type, JsonNode method, List<String> wrong) {
        String name = method.path("name").asText();
        boolean exists = name.equals("<init>")
                ? type.getDeclaredConstructors().length > 0
                : Arrays.stream(type.getDeclaredMethods())
                        .anyMatch(one -> one.getName().equals(name));
        if (!exists) {
            wrong.add("no method %s.%s".formatted(type.getName(), name));
        }
    }

    private static void checkField(Class<?> type, JsonNode field, List<String> wrong) {
        String name = field.path("name").asText();
        if (Arrays.stream(type.getDeclaredFields())
                .noneMatch(one -> one.getName().equals(name))) {
            wrong.add("no field %s.%s".formatted(type.getName(), name));
        }
    }

    /** Libraries are named for both architectures; what is built here is there for one. */
    private static void checkResource(JsonNode resource, List<String> wrong) {
        String glob = resource.path("glob").asText().replaceFirst("linux-(x86-64|aarch64)", Platform.RESOURCE_PREFIX);
        URL onClassPath = NativeImageMetadataTest.class.getClassLoader().getResource(glob);
        if (onClassPath == null && !isInClasses(glob)) {
            wrong.add("no resource " + glob);
        }
    }

    private static boolean isInClasses(String glob) {
        PathMatcher matcher = FileSystems.getDefault().getPathMatcher("glob:" + glob);
        try (Stream<Path> files = Files.walk(CLASSES)) {
            return files.filter(Files::isRegularFile).map(CLASSES::relativize).anyMatch(matcher::matches);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
