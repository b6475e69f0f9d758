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
    private long gapEnd;
    private long characters;

    LogFileReader(Disk disk, Path path, SparseIndex index, Extent extent, DiskState state) {
        this.disk = disk;
        this.path = path;
        this.index = index;
        this.extent = extent;
        this.state = state;
    }

    /** As {@link io.rtms.transcript.log.Archive#read}. */
    Slice read(long after, long before, int limit) {
        position = after;
        gapEnd = Math.min(extent.lastSeq(), before - 1);
        if (after >= gapEnd || limit <= 0) {
            return Slice.EMPTY;
        }
        try (Disk.Source source = disk.read(path)) {
            collect(new LineReader(source, index.find(after + 1), extent.bytes()), limit);
        } catch (NoSuchFileException e) {
            state.unreadable(path, e);
        } catch (IOException e) {
            state.unreadable(path, e);
            if (position == after) {
                throw new UncheckedIOException(e); // it may pass; a file that is gone stays so
            }
            return new Slice(gap, entries);
        }
        if (entries.isEmpty() && position < gapEnd) {
            skipTo(gapEnd, GapCause.LOST);
        }
        return new Slice(gap, entries);
    }

    private void collect(LineReader lines, int limit) throws IOException {
        while (entries.size() < limit && characters < TranscriptLog.PAGE_CHARACTERS && lines.advance()) {
            Optional<LogLine> line = lines.line().filter(read -> read.lastSeq() > position);
            if (line.isEmpty()) {
                continue;
            }
            boolean isHole = line.get() instanceof LogLine.Missing || line.get().firstSeq() > position + 1;
            if (isHole && (!entries.isEmpty() || position >= gapEnd)) {
                return;
            }
            switch (line.get()) {
                case LogLine.Missing missing ->
                    skipTo(Math.min(missing.lastSeq(), gapEnd), missing.gap().cause());
                case LogLine.Entry entry -> {
                    if (isHole) {
                        skipTo(Math.min(entry.seq() - 1, gapEnd), GapCause.LOST);
                    }
                    if (entry.seq() > position + 1) {
                        return;
                    }
                    String message = lines.message();
                    entries.add(new LogEntry(entry.seq(), entry.kind(), message));
                    characters += message.length();
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
}
