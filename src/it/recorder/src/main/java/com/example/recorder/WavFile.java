package com.example.recorder;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * One participant's voice as a WAV file. Where nothing was sent there is silence, so that all files of a stream have the same clock. That costs neither
 * memory nor disk: a hole in a file reads as zeros. The sizes in the header follow once a second: after a crash the file misses no more than that.
 */
final class WavFile implements AutoCloseable {
    private static final int HEADER = 44;
    /** What the header's sizes can say. */
    private static final long MOST_DATA = 0xFFFF_FFFFL - HEADER;
    /** Frames that come later by less, or earlier by half their length, follow each other: clocks jitter. */
    private static final long JITTER_MS = 100;

    private final FileChannel file;
    private final WavFormat format;
    private long size;
    private long sizeInHeader;

    WavFile(Path path, WavFormat format) throws IOException {
        this.file = FileChannel.open(path, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        this.format = format;
        writeHeader();
    }

    /**
     * Writes a frame where it belongs. One that comes again, or would make the file larger than a WAV file can be, is left out.
     *
     * @param atMs its time since the begin of the recording
     */
    void write(long atMs, byte[] samples) throws IOException {
        long at = format.bytesIn(Math.max(0, atMs));
        boolean follows = at > size - samples.length / 2 && at < size + format.bytesIn(JITTER_MS);
        if (follows) {
            at = size;
        }
        if (at < size || at + samples.length > MOST_DATA) {
            return;
        }
        writeFully(ByteBuffer.wrap(samples), HEADER + at);
        size = at + samples.length;
        if (size - sizeInHeader >= format.bytesPerSecond()) {
            writeHeader();
        }
    }

    private void writeHeader() throws IOException {
        ByteBuffer header = ByteBuffer.allocate(HEADER).order(ByteOrder.LITTLE_ENDIAN);
        header.put(ascii("RIFF")).putInt((int) (HEADER - 8 + size)).put(ascii("WAVE"));
        header.put(ascii("fmt ")).putInt(16).putShort((short) 1).putShort((short) format.channels());
        header.putInt(format.hertz()).putInt(format.bytesPerSecond());
        header.putShort((short) format.sampleBytes()).putShort((short) Short.SIZE);
        header.put(ascii("data")).putInt((int) size);
        writeFully(header.flip(), 0);
        sizeInHeader = size;
    }

    private void writeFully(ByteBuffer bytes, long position) throws IOException {
        long at = position;
        while (bytes.hasRemaining()) {
            at += file.write(bytes, at);
        }
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    @Override
    public void close() throws IOException {
        try (file) {
            writeHeader();
        }
    }
}
