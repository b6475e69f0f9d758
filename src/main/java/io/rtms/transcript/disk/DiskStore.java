package io.rtms.transcript.disk;

import io.rtms.event.TranscriptDeleted;
import io.rtms.event.TranscriptDeleted.Why;
import io.rtms.transcript.log.MemoryBudget;
import io.rtms.transcript.log.RecentEntries;
import io.rtms.transcript.log.StreamLog;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.jboss.logging.Logger;

/** Transcript logs with a file each: those that are there from earlier, and new ones. Safe for any thread. */
public final class DiskStore implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger(DiskStore.class);

    private final LogFolder folder;
    private final Syncer syncer;
    private final DiskState state;
    private final int maxEntries;
    private final MemoryBudget memory;
    private boolean leftAlone;
    /** Streams without a log whose files are to be deleted. */
    private final Set<String> owed = ConcurrentHashMap.newKeySet();

    /**
     * @param maxEntries how many of its newest entries each log has in memory at the most
     * @param memory what all of them may have there
     */
    public DiskStore(LogFolder folder, Syncer syncer, DiskState state, int maxEntries, MemoryBudget memory) {
        this.folder = folder;
        this.syncer = syncer;
        this.state = state;
        this.maxEntries = maxEntries;
        this.memory = memory;
    }

    /** How the disk is that they are on. */
    public DiskState state() {
        return state;
    }

    /** A log that begins now. */
    public StreamLog begin(String streamId) {
        RecentEntries recent = new RecentEntries(maxEntries, memory, 0);
        return StreamLog.begin(streamId, recent, new LogFile(streamId, recent, folder, syncer, state));
    }

    /**
     * Finds every log that an earlier process has left, and puts its file in order.
     *
     * @param keep how long damaged files are kept whose streams are gone
     */
    public void recover(Duration keep, Consumer<StreamLog> found) {
        int count = 0;
        try {
            folder.prepare();
            try (DirectoryStream<Path> unfinished = folder.files(FileNames.UNFINISHED)) {
                for (Path file : unfinished) {
                    folder.disk().delete(file);
                }
            }
            try (DirectoryStream<Path> logs = folder.files(FileNames.LOG)) {
                for (Path file : logs) {
                    Optional<StreamLog> log = recover(file);
                    log.ifPresent(found);
                    count += log.isPresent() ? 1 : 0;
                }
            }
            if (!leftAlone) {
                folder.recovered();
            }
            removeOldDamage(System.currentTimeMillis() - keep.toMillis());
        } catch (IOException | DirectoryIteratorException e) {
            state.failed(DiskState.FOLDER, e instanceof IOException io ? io : new IOException(e));
        }
        LOG.infof("Transcripts are kept in %s; %d are there from earlier", folder.path(), count);
    }

    /** Takes the folder, if it could not be taken before. Files of earlier are left alone until the next start. */
    public void retryFolder() {
        try {
            folder.prepare();
            state.recovered(DiskState.FOLDER);
        } catch (IOException e) {
            state.failed(DiskState.FOLDER, e);
        }
    }

    /** Deletes what there is of a stream that has no log: its file could not be read when the service started. What fails is owed. */
    public Optional<TranscriptDeleted> deleteUnknown(String streamId) {
        long bytes = folder.size(streamId);
        if (bytes == 0) {
            return Optional.empty();
        }
        owed.add(streamId);
        return retryDeletion(streamId);
    }

    /** Whether files of a stream are to be deleted that are no log's. */
    public boolean owesDeletion(String streamId) {
        return owed.contains(streamId);
    }

    /** Tries again to delete what is owed of a stream, if anything is. */
    public Optional<TranscriptDeleted> retryDeletion(String streamId) {
        if (!owed.contains(streamId)) {
            state.recovered(streamId);
            return Optional.empty();
        }
        long bytes = folder.size(streamId);
        try {
            folder.delete(streamId);
            owed.remove(streamId);
            state.recovered(streamId);
            return Optional.of(new TranscriptDeleted(streamId, Why.REVOKED, 0, bytes, System.currentTimeMillis()));
        } catch (IOException e) {
            state.failed(streamId, e);
            return Optional.empty();
        }
    }

    /** All logs are closed. */
    @Override
    public void close() {
        folder.close(state.isOk());
    }

    /** One file that cannot be read keeps none of the others from being found. */
    private Optional<StreamLog> recover(Path file) {
        try {
            return new Recovery(folder.disk(), file, folder.leftBehind()).run().map(this::log);
        } catch (IOException | UncheckedIOException e) {
            LOG.warnf("Transcript file %s cannot be read and is left alone: %s", file, e);
            leftAlone = true;
            return Optional.empty();
        }
    }

    private StreamLog log(Recovery.Found found) {
        RecentEntries recent = new RecentEntries(maxEntries, memory, found.lastSeq());
        LogFile file = new LogFile(found.streamId(), recent, folder, syncer, state, found.extent(), found.index());
        return StreamLog.recovered(found.streamId(), recent, file, found.touchedAt(), found.ended(), found.revoked());
    }

    private void removeOldDamage(long before) throws IOException {
        try (DirectoryStream<Path> files = folder.files(FileNames.DAMAGED)) {
            for (Path file : files) {
                String name = file.getFileName().toString();
                String log = name.substring(0, name.length() - FileNames.DAMAGED.length()) + FileNames.LOG;
                if (!Files.exists(file.resolveSibling(log))
                        && Files.getLastModifiedTime(file).toMillis() < before) {
                    folder.disk().delete(file);
                }
            }
        }
    }
}
