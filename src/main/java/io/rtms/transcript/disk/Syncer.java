package io.rtms.transcript.disk;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/** Makes files last, as the policy has it: with {@link FsyncPolicy#INTERVAL} all that were written, one after the other on one thread. */
public final class Syncer {
    private final FsyncPolicy policy;
    private final Duration interval;
    private final ScheduledExecutorService thread;
    private final Set<LogFile> dirty = ConcurrentHashMap.newKeySet();
    private final AtomicBoolean due = new AtomicBoolean();

    /** @param thread on which files are synced where the policy is {@link FsyncPolicy#INTERVAL} */
    public Syncer(FsyncPolicy policy, Duration interval, ScheduledExecutorService thread) {
        this.policy = policy;
        this.interval = interval;
        this.thread = thread;
    }

    FsyncPolicy policy() {
        return policy;
    }

    /** A file was written. */
    void written(LogFile file) {
        if (policy != FsyncPolicy.INTERVAL) {
            return;
        }
        dirty.add(file);
        if (!due.get() && due.compareAndSet(false, true)) {
            try {
                thread.schedule(this::sync, interval.toNanos(), TimeUnit.NANOSECONDS);
            } catch (RejectedExecutionException e) {
                due.set(false); // the service stops, and syncs every file when it closes them
            }
        }
    }

    /** Whatever is written from here on makes the next round due. */
    private void sync() {
        due.set(false);
        for (LogFile file : dirty) {
            dirty.remove(file);
            file.sync();
        }
    }
}
