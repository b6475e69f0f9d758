package io.rtms.stream;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.HexFormat;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KeyFramesTest {
    @ParameterizedTest
    @CsvSource({
        "00000001674D40 0000000168EE 00000165AABB, true",
        "00000001 09F0 000001 67AA, true",
        "000001 65AA, true",
        "00000001 419A, false",
        "00000001 09F0 00000001 06AABB 000001 41 000001 65, false",
        "00000001 09F0, false",
        "FFD8FFE000104A46, true",
        "89504E470D0A1A0A, true",
        "'', true",
        "0000, true",
        "000000, true",
        "00000001, true",
        "0000000141, false",
    })
    void tellsKeyFrames(String hex, boolean key) {
        assertEquals(key, KeyFrames.isKey(HexFormat.of().parseHex(hex.replace(" ", ""))));
    }
}
