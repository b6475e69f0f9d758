package io.rtms.transcript.disk;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.rtms.event.StopReason;
import io.rtms.event.StreamState;
import io.rtms.transcript.log.EntryKind;
import io.rtms.transcript.log.TranscriptLog.Gap;
import io.rtms.transcript.log.TranscriptLog.GapCause;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;

/**
 * Finds out how far a transcript file reaches, line by line, without holding more of it than one line. A last line that is torn is cut off: nobody
 * was told of it. Damage before the end is repaired ({@link Repair}). Where the last process may have told readers more than is
 * there, numbers are left out. For one thread.
 */
final class Recovery {
    private static final Logger LOG = Logger.getLogger(Recovery.class);
    /** More than any stream has entries in the time that the disk may be behind. */
    private static final long NUMBERS_LEFT_OUT = 10_000;

    private static final JsonMapper JSON = new JsonMapper();
    private static final Set<String> FINAL = Arrays.stream(StreamState.values())
            .filter(StreamState::isFinal)
            .map(StreamState::label)
            .collect(Collectors.toSet());

    private final Disk disk;
    private final Path file;
    private final LeftBehind leftBehind;

    private SparseIndex index;
    private Extent extent;
    private String streamId;
    private boolean ended;
    private boolean revoked;

    Recovery(Disk disk, Path file, LeftBehind leftBehind) {
        this.disk = disk;
        this.leftBehind = leftBehind;
        this.file = file;
    }

    /**
     * What was found in a file.
     *
     * @param lastSeq the last number that readers may have been told
     * @param touchedAt when it was written last, milliseconds since the epoch
     * @param ended whether its stream was over
     * @param revoked whether it tells that consent was revoked
     */
    record Found(
            String streamId,
            Extent extent,
            long lastSeq,
            SparseIndex index,
            long touchedAt,
            boolean ended,
            boolean revoked) {}

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
        long lastSeq = ended || revoked ? extent.lastSeq() : makeUpFor(leftBehind);
        return Optional.of(new Found(streamId, extent, lastSeq, index, touchedAt, ended, revoked));
    }

    /** Returns the last number that may have been told. What cannot be written now is written with the next entry. */
    private long makeUpFor(LeftBehind left) {
        long told = extent.lastSeq() + (left == LeftBehind.LESS_THAN_TOLD ? NUMBERS_LEFT_OUT : 0);
        if (left == LeftBehind.ALL) {
            return told;
        }
        try (Disk.Target target = disk.open(file)) {
            if (told > extent.lastSeq()) {
                byte[] line = LogLine.of(streamId, new Gap(extent.lastSeq() + 1, told, GapCause.CRASHED));
                target.write(line, extent.bytes());
                extent = extent.plusMissing(told, line.length);
            }
            target.sync();
        } catch (IOException e) {
            LOG.warnf("Transcript file %s cannot be written: %s", file, e);
        }
        return told;
    }

    private boolean isNamedAfter(String stream) {
        return file.getFileName().toString().equals(FileNames.of(stream) + FileNames.LOG);
    }

    /** Reads up to the first line that is not in order; false unless that is the last one, without an end. */
    private boolean scan(long size) throws IOException {
        index = new SparseIndex();
        extent = Extent.EMPTY;
        streamId = null;
        ended = false;
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
                if (entry.kind() == EntryKind.STATUS) {
                    enterStatus(lines.message());
                }
            }
        }
        extent = extent.plus(line, lines.next() - lines.start());
    }

    private void enterStatus(String message) {
        try {
            JsonNode status = JSON.readTree(message);
            String state = status.path("state").asText();
            ended = FINAL.contains(state);
            String reason = status.path("reason").path("name").asText();
            revoked |= reason.equals(StopReason.STREAM_REVOKED.name());
        } catch (JsonProcessingException e) {
            LOG.debugf(e, "A status in transcript file %s is none", file);
        }
    }
}
