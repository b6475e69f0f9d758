package io.rtms.ops;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SpellingTest {
    @ParameterizedTest
    @CsvSource({
        "linger, linger, 0",
        "liger, linger, 1",
        "lingger, linger, 1",
        "langer, linger, 1",
        "ligner, linger, 1",
        "linger, '', 6",
        "'', linger, 6",
        "kitten, sitting, 3",
        "ab, ba, 1"
    })
    void countsLettersPutInLeftOutChangedAndSwapped(String a, String b, int distance) {
        assertEquals(distance, Spelling.distance(a, b));
        assertEquals(distance, Spelling.distance(b, a));
    }

    @Test
    void theNearestIsPickedUnlessItIsTooFar() {
        assertEquals(Optional.of("linger"), Spelling.nearest("lingr", Stream.of("finger", "linger"), 2));
        assertEquals(Optional.empty(), Spelling.nearest("patience", Stream.of("finger", "linger"), 2));
    }
}
