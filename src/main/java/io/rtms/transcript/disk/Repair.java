package io.rtms.transcript.disk;

import io.rtms.transcript.log.TranscriptLog.Gap;
import io.rtms.transcript.log.TranscriptLog.GapCause;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import org.jboss.logging.Logger;

/**
 * Puts a damaged transcript file in order: lines that are good stay, the others are moved to a file beside it, and what is missing is recorded as
 * a gap. The file is replaced in one step, after what was moved is safe; so a crash in between loses nothing. For one thread.
 */
final class Repair {
    private static final Logger LOG = Logger.getLogger(Repair.class);
    private static final int COPY = 1 << 16;

    private final Disk disk;
    private final Path file;
    private final Path repaired;
    private final Path damaged;

    private String streamId;
    private long lastSeq;
    private long kept;
    private long moved;
    private long movedSinceKept;
    private long repairedBytes;
    private long damagedBytes;

    Repair(Disk disk, Path file) {
        this.disk = disk;
        this.file = file;
        String name = file.getFileName().toString();
        String stem = name.substring(0, name.length() - FileNames.LOG.length());
        this.repaired = file.resolveSibling(stem + FileNames.UNFINISHED);
        this.damaged = file.resolveSibling(stem + FileNames.DAMAGED);
    }

    void run() throws IOException {
        disk.delete(repaired);
        disk.create(repaired);
        if (!Files.exists(damaged)) {
            disk.create(damaged);
        }
        damagedBytes = LogFolder.size(damaged);
        try (Disk.Source source = disk.read(file);
                Disk.Target good = disk.open(repaired);
                Disk.Target bad = disk.open(damaged)) {
            LineReader lines = new LineReader(source, 0, Files.size(file));
            while (lines.advance()) {
                Optional<LogLine> line = lines.line().filter(this::goesOn);
                if (line.isPresent()) {
                    keep(line.get(), lines, source, good);
                } else if (lines.isTerminated()) {
                    move(lines, source, bad);
                }
            }
            // They had an end, so readers may have been told of them: their numbers are not given to others.
            if (streamId != null && movedSinceKept > 0) {
                recordMissing(lastSeq + movedSinceKept, GapCause.LOST, good);
            }
            bad.sync();
            good.sync();
        }
        disk.replace(repaired, file);
        disk.syncFolder(file.getParent());
        LOG.warnf(
                "Transcript file %s was damaged: %d lines are kept, %d were moved to %s",
                file, kept, moved, damaged.getFileName());
    }

    private boolean goesOn(LogLine line) {
        return line.lastSeq() > lastSeq && (streamId == null || line.streamId().equals(streamId));
    }

    private void keep(LogLine line, LineReader lines, Disk.Source source, Disk.Target good) throws IOException {
        streamId = line.streamId();
        if (line instanceof LogLine.Missing missing) {
            recordMissing(missing.lastSeq(), missing.gap().cause(), good);
        } else {
            if (line.firstSeq() > lastSeq + 1) {
                recordMissing(line.firstSeq() - 1, GapCause.LOST, good);
            }
            repairedBytes = copy(lines, source, good, repairedBytes);
            lastSeq = line.lastSeq();
        }
        kept++;
        movedSinceKept = 0;
    }

    private void move(LineReader lines, Disk.Source source, Disk.Target bad) throws IOException {
        damagedBytes = copy(lines, source, bad, damagedBytes);
        moved++;
        movedSinceKept++;
    }

    private void recordMissing(long toSeq, GapCause cause, Disk.Target good) throws IOException {
        byte[] line = LogLine.of(streamId, new Gap(lastSeq + 1, toSeq, cause));
        good.write(line, repairedBytes);
        repairedBytes += line.length;
        lastSeq = toSeq;
    }

    /** Copies a line and returns where the next one begins. */
    private static long copy(LineReader lines, Disk.Source source, Disk.Target target, long at) throws IOException {
        byte[] buffer = new byte[COPY];
        long to = at;
        for (long from = lines.start(); from < lines.next(); ) {
            int most = (int) Math.min(buffer.length, lines.next() - from);
            int count = source.read(buffer, 0, most, from);
            if (count <= 0) {
                throw new IOException("the file became shorter while it was read");
            }
            target.write(count == buffer.length ? buffer : Arrays.copyOf(buffer, count), to);
            from += count;
            to += count;
        }
        return to;
    }
}
