package io.rtms.transcript.disk;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LineSealTest {
    private static final String MESSAGE =
            "{\"type\":\"transcript\",\"streamId\":\"s\",\"seq\":7,\"text\":\"Grüß Gott \uD83D\uDE00 \\n \\\"crc\\\":\",\"ts\":1}";

    @Test
    void aLineIsTheMessageWithAChecksumAtItsEnd() throws Exception {
        byte[] line = LineSeal.seal(MESSAGE);
        String text = new String(line, StandardCharsets.UTF_8);
        assertTrue(text.endsWith("}\n") && text.indexOf('\n') == text.length() - 1);
        JsonNode json = new ObjectMapper().readTree(text);
        assertEquals(8, json.path("crc").asText().length());
        ((ObjectNode) json).remove("crc");
        assertEquals(new ObjectMapper().readTree(MESSAGE), json);
    }

    @Test
    void theMessageComesBackAsItWas() {
        byte[] line = LineSeal.seal(MESSAGE);
        assertTrue(LineSeal.isSealed(line, line.length - 1));
        assertEquals(MESSAGE, LineSeal.message(line, line.length - 1));
    }

    /** As {@code cksum -a crc32c} and every other tool computes it; the check value of the algorithm's catalogue. */
    @Test
    void theChecksumIsTheOneThatOthersCompute() {
        String text = new String(LineSeal.seal("123456789}"), StandardCharsets.US_ASCII);
        assertEquals("123456789,\"crc\":\"e3069283\"}\n", text);
    }

    @Test
    void anyBitThatIsFlippedIsNoticed() {
        byte[] line = LineSeal.seal(MESSAGE);
        for (int bit = 0; bit < (line.length - 1) * 8; bit++) {
            line[bit / 8] ^= (byte) (1 << bit % 8);
            assertFalse(LineSeal.isSealed(line, line.length - 1), "bit " + bit);
            line[bit / 8] ^= (byte) (1 << bit % 8);
        }
    }

    @Test
    void anyShorterLineIsNoticed() {
        byte[] line = LineSeal.seal(MESSAGE);
        for (int length = 0; length < line.length - 1; length++) {
            assertFalse(LineSeal.isSealed(line, length), "length " + length);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"x\":1}",
                "[1,2]",
                "7}",
                "{\"type\":\"gap\",\"streamId\":\"s\",\"fromSeq\":5,\"toSeq\":4,\"count\":1,\"cause\":\"lost\"}",
                "{\"type\":\"gap\",\"streamId\":\"s\",\"fromSeq\":5,\"toSeq\":6,\"count\":1,\"cause\":\"nobody knows\"}",
                "{\"type\":\"smell\",\"streamId\":\"s\",\"seq\":1}",
                "{\"type\":\"chat\",\"streamId\":\"s\",\"seq\":\"1\"}",
                "{\"type\":\"chat\",\"streamId\":\"s\",\"seq\":0}",
                "{\"type\":\"chat\",\"streamId\":\"s\",\"seq\":99999999999999999999}",
                "{\"type\":{\"a\":[{}]},\"streamId\":\"s\"}"
            })
    void whatIsSealedAndMakesNoSenseIsNoLine(String message) {
        byte[] line = LineSeal.seal(message);
        assertTrue(LogLine.read(line, line.length - 1).isEmpty());
    }
}
