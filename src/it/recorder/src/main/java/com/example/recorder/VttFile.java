package com.example.recorder;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashMap;
import java.util.SequencedMap;

/**
 * What is said as WebVTT. A line that Zoom corrects or withdraws is blanked, as between cues any number of empty lines may stand, and its correction
 * follows at the end; that is possible for the last {@value #MOST_REMEMBERED} lines.
 */
final class VttFile implements AutoCloseable {
    private static final int MOST_REMEMBERED = 1000;
    /** For a line of which Zoom did not tell the end. */
    private static final long USUAL_MS = 2000;

    private final FileChannel file;
    private final SequencedMap<String, Extent> lines = new LinkedHashMap<>();
    private long size;

    private record Extent(long position, int length) {}

    VttFile(Path path) throws IOException {
        this.file = FileChannel.open(path, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        append("WEBVTT\n\n");
    }

    /**
     * Writes a line, in the place of the one with the same id.
     *
     * @param startMs since the begin of the recording
     * @param endMs where it is not after the start, it is not known
     */
    void write(String id, long startMs, long endMs, String speaker, String text) throws IOException {
        withdraw(id);
        long end = endMs > startMs ? endMs : startMs + USUAL_MS;
        String cue = "%s --> %s\n<v %s>%s</v>\n\n";
        lines.putLast(id, append(cue.formatted(time(startMs), time(end), escape(speaker), escape(text))));
        if (lines.size() > MOST_REMEMBERED) {
            lines.pollFirstEntry();
        }
    }

    /** Leaves nothing of a line. */
    void withdraw(String id) throws IOException {
        Extent extent = lines.remove(id);
        if (extent != null) {
            writeFully("\n".repeat(extent.length()).getBytes(StandardCharsets.US_ASCII), extent.position());
        }
    }

    private Extent append(String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        Extent extent = new Extent(size, bytes.length);
        writeFully(bytes, size);
        size += bytes.length;
        return extent;
    }

    private void writeFully(byte[] bytes, long position) throws IOException {
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        while (buffer.hasRemaining()) {
            file.write(buffer, position + buffer.position());
        }
    }

    private static String time(long millis) {
        long seconds = millis / 1000;
        return "%02d:%02d:%02d.%03d".formatted(seconds / 3600, seconds / 60 % 60, seconds % 60, millis % 1000);
    }

    /** Words are a stranger's: they must begin neither a tag nor a cue. */
    private static String escape(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replaceAll("[\\p{Cc}\\p{Zl}\\p{Zp}]+", " ");
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
