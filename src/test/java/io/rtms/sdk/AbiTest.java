package io.rtms.sdk;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The header and Java agree: on every number, and on every function's name and number of arguments. */
class AbiTest {
    private static final Pattern DEFINE =
            Pattern.compile("^#define RTMS_(\\w+) \\(?(-?(?:0x[0-9a-fA-F]+|\\d+))\\)?", Pattern.MULTILINE);
    private static final Pattern FUNCTION =
            Pattern.compile("^RTMS_API [\\w ]+?[ *]+(rtms_\\w+)\\(([^)]*)\\);", Pattern.MULTILINE);

    private final String header;

    AbiTest() throws IOException {
        header = Files.readString(Path.of("native/include/rtms.h"));
    }

    @Test
    void everyNumberIsTheSameOnBothSides() throws IllegalAccessException {
        Map<String, Integer> ours = new TreeMap<>();
        for (Field field : Abi.class.getDeclaredFields()) {
            if (Modifier.isStatic(field.getModifiers()) && field.getType() == int.class) {
                ours.put(field.getName(), field.getInt(null));
            }
        }
        Map<String, Integer> theirs = new TreeMap<>();
        Matcher define = DEFINE.matcher(header);
        while (define.find()) {
            theirs.put(define.group(1), Integer.decode(define.group(2)));
        }
        assertTrue(theirs.size() > 60, "the header's numbers were found");
        assertEquals(theirs, ours);
    }

    @Test
    void everyFunctionIsMappedWithItsArguments() {
        Map<String, Integer> theirs = new TreeMap<>();
        Matcher function = FUNCTION.matcher(header);
        while (function.find()) {
            String arguments = function.group(2);
            theirs.put(function.group(1), arguments.equals("void") ? 0 : arguments.split(",").length);
        }
        Map<String, Integer> ours = Arrays.stream(Librtms.class.getDeclaredMethods())
                .filter(method -> Modifier.isNative(method.getModifiers()))
                .collect(Collectors.toMap(Method::getName, Method::getParameterCount, (a, b) -> a, TreeMap::new));
        assertTrue(theirs.size() > 15, "the header's functions were found");
        assertEquals(theirs, ours);
    }

    @Test
    void everyErrorAndKindHasAName() throws IllegalAccessException {
        for (Field field : Abi.class.getDeclaredFields()) {
            if (field.getName().startsWith("E_")) {
                assertEquals(
                        field.getName().substring(2),
                        NativeError.of(field.getInt(null)).name());
            }
            if (field.getName().startsWith("KIND_") && !field.getName().equals("KIND_PADDING")) {
                assertEquals(
                        field.getName().substring(5),
                        FrameKind.of(field.getInt(null)).name());
            }
        }
        assertEquals(
                new TreeSet<>(Arrays.asList(FrameKind.UNKNOWN, FrameKind.UNKNOWN)),
                new TreeSet<>(Arrays.asList(FrameKind.of(7), FrameKind.of(70_000))));
    }
}
