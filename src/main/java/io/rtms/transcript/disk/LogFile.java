package io.rtms.transcript.disk;

import io.rtms.transcript.log.Archive;
import io.rtms.transcript.log.LogEntry;
import io.rtms.transcript.log.RecentEntries;
import io.rtms.transcript.log.TranscriptLog.Slice;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;

/**
 * A stream's file. It is open while the stream is live. After a failure it is closed, entries stay in memory, and {@link #catchUp} cuts off what
 * the failure left behind and writes what is missing; what memory no longer has is recorded as a gap.
 *
 * <p>Two locks: {@code lock} for whoever writes or lets the file be synced, and {@code contents}, which readers share and which is taken alone
 * only to remove what they might be reading. Appending takes the first one, so no reader waits for the disk to take an entry.
 */
final class LogFile implements Archive {
    private static final long RETRY_NANOS = TimeUnit.SECONDS.toNanos(1);
    private static final int BATCH = 256;

    private final String streamId;
    private final RecentEntries recent;
    private final LogFolder folder;
    private final Syncer syncer;
    private final DiskState state;
    private final Path path;
    private final SparseIndex index;
    private final ReentrantLock lock = new ReentrantLock();
    private final ReadWriteLock contents = new ReentrantReadWriteLock();

    // Written under the lock.
    private volatile Extent written;
    private volatile boolean clean = true;
    private volatile long damagedBytes;
    private Extent synced;
    private boolean exists;
    private boolean nameIsSynced;
    private Disk.Target target;
    private boolean failing;
    private boolean unsure;
    private boolean closed;
    private long retryAt;

    /** A file that is made with its first entry. */
    LogFile(String streamId, RecentEntries recent, LogFolder folder, Syncer syncer, DiskState state) {
        this(streamId, recent, folder, syncer, state, Extent.EMPTY, new SparseIndex());
    }

    /** A file that is there already, up to this extent. */
    LogFile(
            String streamId,
            RecentEntries recent,
            LogFolder folder,
            Syncer syncer,
            DiskState state,
            Extent found,
            SparseIndex index) {
        this.streamId = streamId;
        this.recent = recent;
        this.folder = folder;
        this.syncer = syncer;
        this.state = state;
        this.path = folder.log(streamId);
        this.index = index;
        this.written = found;
        this.synced = found;
        this.exists = found.bytes() > 0;
        this.nameIsSynced = exists;
        this.damagedBytes = exists ? LogFolder.size(folder.damaged(streamId)) : 0;
    }

    @Override
    public void write(LogEntry entry) {
        lock.lock();
        try {
            if (failing || closed) {
                return;
            }
            if (entry.seq() == written.lastSeq() + 1) {
                put(Slice.of(entry));
            } else { // numbers were left out at the start, and that could not be written
                failing = true;
                retryAt = System.nanoTime();
            }
        } catch (IOException e) {
            fail(e);
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void catchUp(boolean now) {
        lock.lock();
        try {
            if (!failing || closed || !now && System.nanoTime() < retryAt) {
                return;
            }
            if (!clean) {
                remove();
            }
            if (unsure) {
                rewind();
                unsure = false;
            }
            while (written.lastSeq() < recent.lastSeq()) {
                put(recent.read(written.lastSeq(), BATCH));
            }
            if (syncer.policy() != FsyncPolicy.NEVER) {
                syncNow();
            }
            recovered();
        } catch (IOException e) {
            fail(e);
        } finally {
            lock.unlock();
        }
    }

    /** In a file beside the old one, so that at no time there is neither; where there is no room for it, the old one goes first. */
    @Override
    public boolean replaceAll() {
        lock.lock();
        try {
            hide();
            release();
            put(folder.unfinished(streamId), recent.read(0, BATCH));
            recovered();
            return true;
        } catch (IOException e) {
            fail(e);
            catchUp(true);
            return clean;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public boolean delete() {
        lock.lock();
        try {
            release();
            if (exists) {
                remove();
            }
            closed = true;
            recovered();
            return true;
        } catch (IOException e) {
            fail(e);
            return false;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public boolean settle() {
        lock.lock();
        try {
            if (target != null) {
                syncNow();
                release();
            }
            return !failing && written.lastSeq() == recent.lastSeq();
        } catch (IOException e) {
            fail(e);
            return false;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void close() {
        lock.lock();
        try {
            settle();
            closed = true;
        } finally {
            lock.unlock();
        }
    }

    /** Makes what was written last. For the thread that does so for all files; appending goes on meanwhile. */
    void sync() {
        Disk.Target syncing;
        Extent upTo;
        boolean name;
        lock.lock();
        try {
            syncing = target;
            upTo = written;
            name = !nameIsSynced;
        } finally {
            lock.unlock();
        }
        if (syncing == null) {
            return; // closed meanwhile, which included this
        }
        IOException failure = null;
        try {
            syncAll(syncing, name);
        } catch (IOException e) {
            failure = e;
        }
        lock.lock();
        try {
            if (failure != null) {
                if (!closed) {
                    unsure = true; // whatever became of the file meanwhile: the next sync does not tell of it again
                    fail(failure);
                }
            } else if (target == syncing) {
                synced = upTo;
                nameIsSynced = true;
            }
        } finally {
            lock.unlock();
        }
    }

    @Override
    public boolean isClean() {
        return clean;
    }

    @Override
    public Slice read(long after, long before, int limit) {
        contents.readLock().lock();
        try {
            return clean
                    ? new LogFileReader(folder.disk(), path, index, written, state).read(after, before, limit)
                    : Slice.EMPTY;
        } finally {
            contents.readLock().unlock();
        }
    }

    @Override
    public long firstSeq() {
        return clean ? written.firstSeq() : 0;
    }

    @Override
    public long lastEntry() {
        return clean ? written.lastEntry() : 0;
    }

    @Override
    public long lastSeq() {
        return clean ? written.lastSeq() : 0;
    }

    @Override
    public long entries() {
        return written.entries();
    }

    @Override
    public long bytes() {
        return written.bytes() + damagedBytes;
    }

    /** Writes what comes next, in one piece. */
    private void put(Slice slice) throws IOException {
        Disk.Target open = open();
        Extent before = written;
        Lines lines = new Lines(streamId, before, slice);
        open.write(lines.bytes(), before.bytes());
        if (syncer.policy() == FsyncPolicy.ALWAYS) {
            syncAll(open, !nameIsSynced);
            nameIsSynced = true;
            synced = lines.extent();
        }
        lines.enterIn(index);
        written = lines.extent();
        syncer.written(this);
    }

    /** Writes a new file and puts it in place of the old one. */
    private void put(Path unfinished, Slice slice) throws IOException {
        folder.prepare();
        Disk disk = folder.disk();
        disk.delete(unfinished);
        Lines lines = new Lines(streamId, Extent.EMPTY, slice);
        disk.create(unfinished);
        try (Disk.Target fresh = disk.open(unfinished)) {
            fresh.write(lines.bytes(), 0);
            fresh.sync();
        }
        contents.writeLock().lock();
        try {
            disk.replace(unfinished, path);
            exists = true;
            index.cut(0);
            lines.enterIn(index);
            written = lines.extent();
            synced = written;
        } finally {
            contents.writeLock().unlock();
        }
        disk.delete(folder.damaged(streamId));
        damagedBytes = 0;
        folder.sync();
        nameIsSynced = true;
        clean = true;
    }

    /** Whatever becomes of the file: nobody reads it from here on. */
    private void hide() {
        contents.writeLock().lock();
        clean = false;
        contents.writeLock().unlock();
    }

    private void remove() throws IOException {
        contents.writeLock().lock();
        try {
            folder.delete(streamId);
            damagedBytes = 0;
            forget();
            clean = true;
        } finally {
            contents.writeLock().unlock();
        }
    }

    /** There is no file. */
    private void forget() {
        contents.writeLock().lock();
        try {
            index.cut(0);
            written = Extent.EMPTY;
            synced = written;
            exists = false;
            nameIsSynced = false;
        } finally {
            contents.writeLock().unlock();
        }
    }

    /** The file, ready for what follows {@link #written}. */
    private Disk.Target open() throws IOException {
        if (target == null) {
            folder.prepare();
            if (!exists) {
                folder.disk().create(path);
                exists = true;
            }
            try {
                target = folder.disk().open(path);
            } catch (NoSuchFileException e) {
                forget(); // somebody removed it: what is still in memory begins it anew
                throw e;
            }
            target.truncate(written.bytes());
        }
        return target;
    }

    private void syncNow() throws IOException {
        Disk.Target open = open();
        try {
            syncAll(open, !nameIsSynced);
        } catch (IOException e) {
            unsure = true;
            throw e;
        }
        synced = written;
        nameIsSynced = true;
    }

    private void syncAll(Disk.Target file, boolean name) throws IOException {
        state.timeSync(file);
        if (name) {
            folder.sync();
        }
    }

    /**
     * What could not be made to last may be gone although it was written: it is written again, if it is still in memory, which lets go of nothing
     * meanwhile: this is the log's writer.
     */
    private void rewind() {
        if (recent.firstSeq() > synced.lastSeq() + 1) {
            return;
        }
        contents.writeLock().lock();
        try {
            index.cut(synced.bytes());
            written = synced;
        } finally {
            contents.writeLock().unlock();
        }
    }

    private void fail(IOException e) {
        failing = true;
        retryAt = System.nanoTime() + RETRY_NANOS;
        try {
            release();
        } catch (IOException closing) {
            e.addSuppressed(closing);
        }
        state.failed(streamId, e);
        folder.mark(state);
    }

    private void recovered() {
        failing = false;
        unsure = false;
        state.recovered(streamId);
        folder.mark(state);
    }

    private void release() throws IOException {
        if (target != null) {
            Disk.Target open = target;
            target = null;
            open.close();
        }
    }
}
