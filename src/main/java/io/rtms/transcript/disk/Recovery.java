package io.rtms.transcript.disk;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.rtms.event.StopReason;
import io.rtms.transcript.log.EntryKind;
import io.rtms.transcript.log.TranscriptLog.GapCause;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.jboss.logging.Logger;

/**
 * Finds out how far a transcript file reaches, line by line, without holding more of it than one line. A last line that is torn is cut off: nobody
 * was told of it. Damage before the end is repaired ({@link Repair}). For one thread.
 */
final class Recovery {
    private static final Logger LOG = Logger.getLogger(Recovery.class);
    private static final JsonMapper JSON = new JsonMapper();

    private final Disk disk;
    private final Path file;

    private SparseIndex index;
    private Extent extent;
    private String streamId;
    private boolean revoked;

    Recovery(Disk disk, Path file) {
        this.disk = disk;
        this.file = file;
    }

    /**
     * What was found in a file.
     *
     * @param touchedAt when it was written last, milliseconds since the epoch
     * @param revoked whether it tells that consent was revoked
     */
    record Found(String streamId, Extent extent, SparseIndex index, long touchedAt, boolean revoked) {}

    /** Reads the file, and puts it in order where it is not; empty if there is nothing in it. */
    Optional<Found> run() throws IOException {
        long touchedAt = Files.getLastModifiedTime(file).toMillis();
        long size = Files.size(file);
        boolean inOrder = scan(size);
        if (streamId != null && !isNamedAfter(streamId)) {
            LOG.warnf("Transcript file %s has not the name of its stream and is left alone", file);
            return Optional.empty();
        }
        if (!inOrder) {
            new Repair(disk, file).run();
            size = LogFolder.size(file);
            scan(size);
        }
        if (streamId == null) {
            disk.delete(file);
            return Optional.empty();
        }
        if (extent.bytes() < size) {
            LOG.infof("Transcript file %s: %d bytes of a torn last line are cut off", file, size - extent.bytes());
            try (Disk.Target target = disk.open(file)) {
                target.truncate(extent.bytes());
                target.sync();
            }
        }
        return Optional.of(new Found(streamId, extent, index, touchedAt, revoked));
    }

    private boolean isNamedAfter(String stream) {
        return file.getFileName().toString().equals(FileNames.of(stream) + FileNames.LOG);
    }

    /** Reads up to the first line that is not in order; false unless that is the last one, without an end. */
    private boolean scan(long size) throws IOException {
        index = new SparseIndex();
        extent = Extent.EMPTY;
        streamId = null;
        revoked = false;
        try (Disk.Source source = disk.read(file)) {
            LineReader lines = new LineReader(source, 0, size);
            while (lines.advance()) {
                Optional<LogLine> line = lines.line().filter(this::follows);
                if (line.isEmpty()) {
                    return !lines.isTerminated();
                }
                enter(line.get(), lines);
            }
        }
        return true;
    }

    private boolean follows(LogLine line) {
        return line.firstSeq() == extent.lastSeq() + 1
                && (streamId == null || line.streamId().equals(streamId));
    }

    private void enter(LogLine line, LineReader lines) {
        streamId = line.streamId();
        switch (line) {
            case LogLine.Missing missing -> revoked |= missing.gap().cause() == GapCause.REVOKED;
            case LogLine.Entry entry -> {
                if (extent.entries() % SparseIndex.STEP == 0) {
                    index.add(entry.seq(), lines.start());
                }
                revoked |= entry.kind() == EntryKind.STATUS && isRevocation(lines.message());
            }
        }
        extent = extent.plus(line, lines.next() - lines.start());
    }

    private static boolean isRevocation(String message) {
        try {
            return JSON.readTree(message).path("reason").path("name").asText().equals(StopReason.STREAM_REVOKED.name());
        } catch (JsonProcessingException e) {
            return false;
        }
    }
}
