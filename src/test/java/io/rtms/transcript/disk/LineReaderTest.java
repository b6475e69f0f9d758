package io.rtms.transcript.disk;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.rtms.transcript.log.EntryKind;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LineReaderTest {
    @ParameterizedTest
    @ValueSource(ints = {1, 100, 16_383, 16_384, 16_385, 100_000})
    void linesOfAnyLengthAreFoundWhereTheyAre(int length) throws IOException {
        byte[] line = LineSeal.seal(
                "{\"type\":\"chat\",\"streamId\":\"s\",\"seq\":5,\"text\":\"" + "x".repeat(length) + "\"}");
        byte[] file = new byte[3 * line.length];
        for (int i = 0; i < 3; i++) {
            System.arraycopy(line, 0, file, i * line.length, line.length);
        }
        LineReader lines = new LineReader(source(file), 0, file.length);
        for (int i = 0; i < 3; i++) {
            assertTrue(lines.advance());
            assertEquals((long) i * line.length, lines.start());
            assertEquals((i + 1L) * line.length, lines.next());
            assertEquals(new LogLine.Entry("s", 5, EntryKind.CHAT), lines.line().orElseThrow());
            assertTrue(lines.message().endsWith("x\"}"));
        }
        assertFalse(lines.advance());
        LineReader second = new LineReader(source(file), line.length, 2L * line.length);
        assertTrue(second.advance());
        assertFalse(second.advance());
    }

    @Test
    void whatHasNoEndIsNoLine() throws IOException {
        byte[] file = "\nab".getBytes(StandardCharsets.US_ASCII);
        LineReader lines = new LineReader(source(file), 0, file.length);
        assertTrue(lines.advance() && lines.isTerminated());
        assertTrue(lines.advance());
        assertFalse(lines.isTerminated());
        assertTrue(lines.line().isEmpty());
        assertEquals(3, lines.next());
        assertFalse(lines.advance());
    }

    /** A quarter of a gigabyte without a line's end, as a broken disk may have it, between two that are good. */
    @Test
    void whatIsTooLongIsPassedOverInBoundedMemory() throws IOException {
        byte[] good = LineSeal.seal("{\"type\":\"chat\",\"streamId\":\"s\",\"seq\":5}");
        long rubbish = 1L << 28;
        Disk.Source source = new Disk.Source() {
            @Override
            public int read(byte[] bytes, int offset, int most, long at) {
                for (int i = 0; i < most; i++) {
                    bytes[offset + i] = at(at + i);
                }
                return most;
            }

            private byte at(long position) {
                if (position < good.length) {
                    return good[(int) position];
                }
                long end = good.length + rubbish;
                if (position < end) {
                    return position == end - 1 ? (byte) '\n' : 0;
                }
                return good[(int) (position - end)];
            }

            @Override
            public void close() {
                // nothing is open
            }
        };
        LineReader lines = new LineReader(source, 0, 2L * good.length + rubbish);
        assertTrue(lines.advance() && lines.line().isPresent());
        assertTrue(lines.advance() && lines.isTerminated());
        assertTrue(lines.line().isEmpty());
        assertEquals(good.length + rubbish, lines.next());
        assertTrue(lines.advance() && lines.line().isPresent());
        assertFalse(lines.advance());
    }

    private static Disk.Source source(byte[] file) {
        return new Disk.Source() {
            @Override
            public int read(byte[] bytes, int offset, int most, long at) {
                int count = (int) Math.min(most, file.length - at);
                System.arraycopy(file, (int) at, bytes, offset, count);
                return count;
            }

            @Override
            public void close() {
                // nothing is open
            }
        };
    }
}
