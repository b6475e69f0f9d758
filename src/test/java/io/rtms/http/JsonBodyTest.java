package io.rtms.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JsonBodyTest {
    private static final String TOO_MUCH =
            "the body is nested deeper than 32, or has a number of more than 64 or a name of more than 256 characters";

    @Test
    void readsAnObject() {
        assertEquals(
                "ü😀", JsonBody.object(utf8(" {\"a\":\"ü😀\"}\n")).path("a").asText());
        String deep = "{\"a\":".repeat(32) + "1" + "}".repeat(32);
        assertEquals(1, JsonBody.object(utf8(deep)).size());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "'' | the body is no JSON object",
                "[] | the body is no JSON object",
                "7 | the body is no JSON object",
                "null | the body is no JSON object",
                "{ | the body is not JSON",
                "{'a':01} | the body is not JSON",
                "{'a':NaN} | the body is not JSON",
                "{'a':1,} | the body is not JSON",
                "/**/{} | the body is not JSON",
                "{'a':1} {} | the body goes on after its JSON object",
                "{'a':1}] | the body is not JSON",
                "{'a':1}x | the body is not JSON",
                "{'a':1,'a':2} | the body has a name twice in one object",
                "{'a':1,'\\u0061':2} | the body has a name twice in one object",
                "{'b':{'a':1,'a':1}} | the body has a name twice in one object"
            })
    void saysWhatIsWrong(String body, String why) {
        assertEquals(why, refusal(utf8(body.replace('\'', '"'))));
    }

    @Test
    void boundsDepthNumbersAndNames() {
        assertEquals(TOO_MUCH, refusal(utf8("{\"a\":".repeat(33) + "1" + "}".repeat(33))));
        assertEquals(TOO_MUCH, refusal(utf8("{\"a\":" + "[".repeat(30_000))));
        assertEquals(TOO_MUCH, refusal(utf8("{\"a\":" + "9".repeat(65) + "}")));
        assertEquals(TOO_MUCH, refusal(utf8("{\"a\":1." + "9".repeat(65) + "}")));
        assertEquals(TOO_MUCH, refusal(utf8("{\"" + "a".repeat(257) + "\":1}")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"UTF-16", "UTF-16BE", "UTF-16LE", "UTF-32", "ISO-8859-1"})
    void takesNoOtherEncoding(String charset) {
        assertThrows(
                IllegalArgumentException.class,
                () -> JsonBody.object("{\"a\":\"ü\"}".getBytes(Charset.forName(charset))));
    }

    @Test
    void namesWhatIsWrongWithTheEncoding() {
        assertEquals("the body is not UTF-8", refusal(new byte[] {'{', '"', (byte) 0xFF, '"', ':', '1', '}'}));
        assertEquals(
                "the body is not UTF-8", refusal(new byte[] {'{', '"', (byte) 0xC0, (byte) 0x80, '"'}), "overlong");
        assertEquals(
                "the body is not UTF-8",
                refusal(new byte[] {'{', '"', (byte) 0xED, (byte) 0xA0, (byte) 0x80, '"'}),
                "half a pair");
        assertEquals("the body begins with a byte order mark", refusal(utf8("\uFEFF{}")));
    }

    private static String refusal(byte[] body) {
        return assertThrows(IllegalArgumentException.class, () -> JsonBody.object(body))
                .getMessage();
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
