package io.rtms.transcript.disk;

import java.io.IOException;
import java.util.Arrays;
import java.util.Optional;

/** Reads a transcript file line by line, in order or not, within bounded memory. For one thread. */
final class LineReader {
    private static final int BUFFER = 1 << 14;

    private final Disk.Source source;
    private final long end;
    private byte[] buffer = new byte[BUFFER];
    private long bufferAt;
    private int filled;

    private long start;
    private long next;
    private int length;
    private boolean terminated;

    /**
     * @param from where a line begins
     * @param end where to stop
     */
    LineReader(Disk.Source source, long from, long end) {
        this.source = source;
        this.bufferAt = from;
        this.next = from;
        this.end = end;
    }

    /** Moves to the next line; false at the end. */
    boolean advance() throws IOException {
        start = next;
        length = 0;
        terminated = false;
        drop((int) (start - bufferAt));
        int searched = 0;
        while (true) {
            for (; searched < filled; searched++) {
                if (buffer[searched] == '\n') {
                    length = searched;
                    terminated = true;
                    next = start + searched + 1;
                    return true;
                }
            }
            if (searched > LogLine.MOST_BYTES) {
                return skipToEnd();
            }
            if (!fill()) {
                length = filled;
                next = start + filled;
                return filled > 0;
            }
        }
    }

    /** Where the line begins in the file. */
    long start() {
        return start;
    }

    /** Where the next one begins. */
    long next() {
        return next;
    }

    /** Whether the line has an end. */
    boolean isTerminated() {
        return terminated;
    }

    /** What the line says, if it is in order. */
    Optional<LogLine> line() {
        return terminated ? LogLine.read(buffer, length) : Optional.empty();
    }

    /** The relay message in a line that is in order. */
    String message() {
        return LineSeal.message(buffer, length);
    }

    /** Longer than any line can be: it is passed over without being kept. */
    private boolean skipToEnd() throws IOException {
        long at = start;
        while (true) {
            for (int i = 0; i < filled; i++) {
                if (buffer[i] == '\n') {
                    terminated = true;
                    next = at + i + 1;
                    drop(i + 1);
                    return true;
                }
            }
            at += filled;
            drop(filled);
            if (!fill()) {
                next = at;
                return true;
            }
        }
    }

    private void drop(int count) {
        System.arraycopy(buffer, count, buffer, 0, filled - count);
        filled -= count;
        bufferAt += count;
    }

    private boolean fill() throws IOException {
        if (filled == buffer.length) {
            buffer = Arrays.copyOf(buffer, buffer.length * 2);
        }
        long at = bufferAt + filled;
        int most = (int) Math.min(buffer.length - filled, end - at);
        int count = most <= 0 ? 0 : source.read(buffer, filled, most, at);
        filled += Math.max(0, count);
        return count > 0;
    }
}
