package io.rtms.transcript.disk;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.zip.CRC32C;

/**
 * The form of a line in a transcript file: a relay message with one field more, its last. {@code crc} is the CRC-32C of the line's bytes before
 * it, so that a line that is torn or damaged is known as such, and the file is still plain JSON Lines.
 *
 * <pre>
 *   {"type":"transcript","streamId":"s","seq":7,"text":"Hello", ... ,"ts":1700000000000,"crc":"0badcafe"}\n
 *   |------------------------------- covered ----------------------------------------|------ seal ------|
 * </pre>
 */
final class LineSeal {
    private static final byte[] FIELD = ",\"crc\":\"".getBytes(StandardCharsets.US_ASCII);
    private static final int DIGITS = 8;
    private static final int SEAL = FIELD.length + DIGITS + 2;
    private static final HexFormat HEX = HexFormat.of();

    private LineSeal() {}

    /**
     * A line, with its end.
     *
     * @param message a JSON object, not an empty one, without line breaks
     */
    static byte[] seal(String message) {
        byte[] json = message.getBytes(StandardCharsets.UTF_8);
        int covered = json.length - 1;
        byte[] line = Arrays.copyOf(json, covered + SEAL + 1);
        System.arraycopy(sealOf(line, covered), 0, line, covered, SEAL);
        line[line.length - 1] = '\n';
        return line;
    }

    /** Whether a line is as it was written; its end is not part of it. */
    static boolean isSealed(byte[] line, int length) {
        int covered = length - SEAL;
        return covered > 0 && Arrays.equals(line, covered, length, sealOf(line, covered), 0, SEAL);
    }

    /** The message in a sealed line. */
    static String message(byte[] line, int length) {
        return new String(line, 0, length - SEAL, StandardCharsets.UTF_8) + '}';
    }

    private static byte[] sealOf(byte[] line, int covered) {
        CRC32C crc = new CRC32C();
        crc.update(line, 0, covered);
        byte[] seal = Arrays.copyOf(FIELD, SEAL);
        byte[] digits = HEX.toHexDigits(crc.getValue(), DIGITS).getBytes(StandardCharsets.US_ASCII);
        System.arraycopy(digits, 0, seal, FIELD.length, DIGITS);
        seal[SEAL - 2] = '"';
        seal[SEAL - 1] = '}';
        return seal;
    }
}
