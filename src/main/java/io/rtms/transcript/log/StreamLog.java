package io.rtms.transcript.log;

import io.rtms.event.TranscriptDeleted;
import io.rtms.event.TranscriptDeleted.Why;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;

/**
 * A stream's log: the newest entries in memory and all of them in its {@link Archive}, where it has one. An entry goes to the archive first and
 * then to readers. Writers wait for each other, and for the disk; readers of what is in memory wait for neither.
 */
public final class StreamLog implements TranscriptLog {
    private final String streamId;
    private final RecentEntries recent;
    private final Archive archive;
    private final Set<Runnable> listeners = ConcurrentHashMap.newKeySet();
    private final ReentrantLock writer = new ReentrantLock();

    private volatile boolean retired;
    private volatile boolean revoked;
    private volatile boolean live;
    private volatile boolean unfinished;
    private volatile long touchedAt;
    private Optional<TranscriptDeleted> undeleted = Optional.empty();
    private ToldBefore toldBefore; // null until the first entry after a recovery

    private StreamLog(String streamId, RecentEntries recent, Archive archive, long touchedAt) {
        this.streamId = streamId;
        this.recent = recent;
        this.archive = archive;
        this.touchedAt = touchedAt;
    }

    /** A log that begins now. */
    public static StreamLog begin(String streamId, RecentEntries recent, Archive archive) {
        StreamLog log = new StreamLog(streamId, recent, archive, System.currentTimeMillis());
        log.live = true;
        log.unfinished = true;
        log.toldBefore = ToldBefore.NOTHING;
        return log;
    }

    /**
     * A log that was found at the start. It is not live until its stream is joined again.
     *
     * @param touchedAt when its last entry was written, milliseconds since the epoch
     * @param ended whether it tells that its stream is over
     * @param revoked whether it was deleted by {@link #revoke}
     */
    public static StreamLog recovered(
            String streamId, RecentEntries recent, Archive archive, long touchedAt, boolean ended, boolean revoked) {
        StreamLog log = new StreamLog(streamId, recent, archive, touchedAt);
        log.unfinished = !ended && !revoked;
        log.revoked = revoked;
        return log;
    }

    @Override
    public String streamId() {
        return streamId;
    }

    @Override
    public long append(TranscriptEntry entry) {
        long seq;
        writer.lock();
        try {
            if (revoked || retired || !archive.isOpen()) {
                return 0;
            }
            LogEntry numbered = number(entry);
            if (wasToldBefore(numbered)) {
                return 0;
            }
            seq = numbered.seq();
            archive.write(numbered);
            recent.add(numbered);
            archive.catchUp(false);
            touchedAt = System.currentTimeMillis();
            if (entry instanceof TranscriptEntry.Status status) {
                live = !status.state().isFinal();
                unfinished = live;
            }
        } finally {
            writer.unlock();
        }
        listeners.forEach(Runnable::run);
        return seq;
    }

    /** Takes in an entry that another process has written, where it is the next one. */
    public void take(LogEntry written) {
        writer.lock();
        try {
            if (revoked || retired || written.seq() != recent.lastSeq() + 1) {
                return;
            }
            recent.add(written);
            touchedAt = System.currentTimeMillis();
        } finally {
            writer.unlock();
        }
        listeners.forEach(Runnable::run);
    }

    /** Another process has deleted everything, and this is what is left. */
    public void takeRevocation(LogEntry last) {
        writer.lock();
        try {
            if (revoked || retired) {
                return;
            }
            revoked = true;
            live = false;
            unfinished = false;
            toldBefore = ToldBefore.NOTHING;
            recent.restart(last.seq() - 1, GapCause.REVOKED);
            recent.add(last);
            touchedAt = System.currentTimeMillis();
        } finally {
            writer.unlock();
        }
        listeners.forEach(Runnable::run);
    }

    /** This process writes from now on: what another one has written before may come once more. */
    public void begins() {
        writer.lock();
        try {
            toldBefore = null;
        } finally {
            writer.unlock();
        }
    }

    /** The entries up to this number can no longer be had of the process that wrote them. */
    public void skip(long to) {
        writer.lock();
        try {
            if (!revoked && !retired && to > recent.lastSeq()) {
                recent.restart(to, GapCause.EVICTED);
            }
        } finally {
            writer.unlock();
        }
    }

    /** Whether anybody follows it. */
    public boolean isFollowed() {
        return !listeners.isEmpty();
    }

    @Override
    public Slice read(long after, int limit) {
        Slice newest = recent.read(after, limit);
        if (newest.gap().isEmpty()) {
            return newest;
        }
        Slice older = archive.read(after, newest.gap().get().toSeq() + 1, limit);
        return older.isEmpty() ? newest : older;
    }

    @Override
    public long firstSeq() {
        long archived = archive.firstSeq();
        return archived > 0 ? Math.min(archived, recent.firstSeq()) : recent.firstSeq();
    }

    @Override
    public long lastSeq() {
        return recent.lastSeq();
    }

    @Override
    public long lastEntry() {
        long last = recent.lastSeq();
        return recent.firstSeq() <= last ? last : archive.lastEntry();
    }

    @Override
    public Optional<TranscriptDeleted> revoke(TranscriptEntry.Status last) {
        Optional<TranscriptDeleted> deleted;
        writer.lock();
        try {
            if (revoked || retired) {
                return Optional.empty();
            }
            undeleted = Optional.of(deletion(Why.REVOKED));
            revoked = true;
            live = false;
            unfinished = false;
            toldBefore = ToldBefore.NOTHING; // it holds words
            recent.replace(number(last), GapCause.REVOKED);
            archive.replaceAll();
            touchedAt = System.currentTimeMillis();
            deleted = deleted();
        } finally {
            writer.unlock();
        }
        listeners.forEach(Runnable::run);
        return deleted;
    }

    @Override
    public boolean isRetired() {
        return retired;
    }

    @Override
    public void addListener(Runnable listener) {
        listeners.add(listener);
    }

    @Override
    public void removeListener(Runnable listener) {
        listeners.remove(listener);
    }

    /** Whether its stream goes on, as far as this process knows. */
    public boolean isLive() {
        return live;
    }

    /** Whether it tells of no end: its stream goes on, or did so when an earlier process stopped, and may be joined again. */
    public boolean isUnfinished() {
        return unfinished;
    }

    /** Whether it was deleted by {@link #revoke}. */
    public boolean isRevoked() {
        return revoked;
    }

    /** When its last entry came, milliseconds since the epoch. */
    public long touchedAt() {
        return touchedAt;
    }

    /** Bytes on disk, and characters of what memory alone has. */
    public long bytes() {
        return archive.bytes() + recent.sizeAfter(archive.lastSeq());
    }

    /**
     * Gives the log up, unless its stream is live: nothing will be appended, what was kept is deleted, and readers that are at its end let go of
     * it.
     *
     * @return what was deleted
     */
    public Optional<TranscriptDeleted> retire(Why why) {
        Optional<TranscriptDeleted> deleted;
        writer.lock();
        try {
            if (live || retired) {
                return Optional.empty();
            }
            deleted = archive.isShared() ? Optional.empty() : undeleted.or(() -> Optional.of(deletion(why)));
            if (!archive.delete()) {
                return Optional.empty();
            }
            retired = true;
            recent.release();
        } finally {
            writer.unlock();
        }
        listeners.forEach(Runnable::run);
        return deleted;
    }

    /** Where its stream is over, keeps it on disk alone. */
    public void settle() {
        if (live) {
            return; // without waiting for its writer, who may be waiting for the disk
        }
        writer.lock();
        try {
            if (!live && !retired && archive.settle()) {
                recent.release();
            }
        } finally {
            writer.unlock();
        }
    }

    /** Where its stream is over, lets go of what is in memory, whether the disk has it or not. */
    public void shed() {
        writer.lock();
        try {
            if (!live) {
                recent.release();
            }
        } finally {
            writer.unlock();
        }
    }

    /**
     * Tries again what the disk refused.
     *
     * @return what was deleted now and should have been before
     */
    public Optional<TranscriptDeleted> retry() {
        writer.lock();
        try {
            if (!retired) {
                archive.catchUp(true);
            }
            return deleted();
        } finally {
            writer.unlock();
        }
    }

    /**
     * The process ends: writes what is left to be written.
     *
     * @return what was deleted now and should have been before
     */
    public Optional<TranscriptDeleted> close() {
        writer.lock();
        try {
            archive.catchUp(true);
            archive.close();
            return deleted();
        } finally {
            writer.unlock();
        }
    }

    /** The first entry after a restart brings back what was told last before it. */
    private boolean wasToldBefore(LogEntry entry) {
        if (toldBefore == null) {
            toldBefore = ToldBefore.of(this, archive.lastEntry());
        }
        return toldBefore.contains(entry);
    }

    private LogEntry number(TranscriptEntry entry) {
        return EntryJson.number(streamId, recent.lastSeq() + 1, entry);
    }

    private TranscriptDeleted deletion(Why why) {
        long inMemoryAlone = Math.max(0, recent.lastSeq() - Math.max(archive.lastSeq(), recent.firstSeq() - 1));
        return new TranscriptDeleted(
                streamId, why, archive.entries() + inMemoryAlone, bytes(), System.currentTimeMillis());
    }

    private Optional<TranscriptDeleted> deleted() {
        if (!archive.isClean()) {
            return Optional.empty();
        }
        Optional<TranscriptDeleted> done = undeleted.map(asked -> new TranscriptDeleted(
                streamId, asked.why(), asked.entries(), asked.bytes(), System.currentTimeMillis()));
        undeleted = Optional.empty();
        return done;
    }
}
