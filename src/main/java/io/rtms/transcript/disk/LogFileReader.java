package io.rtms.transcript.disk;

import io.rtms.transcript.log.LogEntry;
import io.rtms.transcript.log.TranscriptLog;
import io.rtms.transcript.log.TranscriptLog.Gap;
import io.rtms.transcript.log.TranscriptLog.GapCause;
import io.rtms.transcript.log.TranscriptLog.Slice;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads a page of entries from a transcript file. What is not in order any more becomes a gap. For one thread, once. */
final class LogFileReader {
    private final Disk disk;
    private final Path path;
    private final SparseIndex index;
    private final Extent extent;
    private final DiskState state;
    private final List<LogEntry> entries = new ArrayList<>();
    private Optional<Gap> gap = Optional.empty();
    private long position;

    LogFileReader(Disk disk, Path path, SparseIndex index, Extent extent, DiskState state) {
        this.disk = disk;
        this.path = path;
        this.index = index;
        this.extent = extent;
        this.state = state;
    }

    /** As {@link TranscriptLog#read}; empty where there is nothing after this number. */
    Slice read(long after, int limit) {
        position = after;
        if (after >= extent.lastSeq() || limit <= 0) {
            return Slice.EMPTY;
        }
        try (Disk.Source source = open()) {
            collect(new LineReader(source, index.find(after + 1), extent.bytes()), limit);
        } catch (IOException e) {
            state.unreadable(path, e);
        }
        if (entries.isEmpty() && position < extent.lastSeq()) {
            skipTo(extent.lastSeq(), GapCause.LOST);
        }
        return new Slice(gap, entries);
    }

    private void collect(LineReader lines, int limit) throws IOException {
        while (entries.size() < limit && lines.advance()) {
            Optional<LogLine> line = lines.line().filter(read -> read.lastSeq() > position);
            if (line.isEmpty()) {
                continue;
            }
            boolean isHole = line.get() instanceof LogLine.Missing || line.get().firstSeq() > position + 1;
            if (isHole && !entries.isEmpty()) {
                return;
            }
            switch (line.get()) {
                case LogLine.Missing missing ->
                    skipTo(missing.lastSeq(), missing.gap().cause());
                case LogLine.Entry entry -> {
                    if (isHole) {
                        skipTo(entry.seq() - 1, GapCause.LOST);
                    }
                    entries.add(new LogEntry(entry.seq(), entry.kind(), lines.message()));
                    position = entry.seq();
                }
            }
        }
    }

    private void skipTo(long seq, GapCause cause) {
        long from = gap.map(Gap::fromSeq).orElse(position + 1);
        gap = Optional.of(new Gap(from, seq, gap.map(Gap::cause).orElse(cause)));
        position = seq;
    }

    /** A file that is gone stays so; whatever else keeps it from being opened may pass. */
    private Disk.Source open() throws NoSuchFileException {
        try {
            return disk.read(path);
        } catch (NoSuchFileException e) {
            throw e;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
