package io.rtms.transcript.disk;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/** How the disk is: what it refuses, for operators, and which streams wait for it. Safe for any thread. */
public final class DiskState {
    private static final Logger LOG = Logger.getLogger(DiskState.class);

    /** Stands for the folder where otherwise a stream is named. */
    public static final String FOLDER = "";

    private final Map<String, String> failing = new ConcurrentHashMap<>();
    private final Counter errors;
    private final Timer syncs;
    private final Runnable whenFailing;

    /** @param whenFailing told of each failure, on the thread that met it; must not block */
    public DiskState(MeterRegistry metrics, Runnable whenFailing) {
        this.whenFailing = whenFailing;
        this.errors = Counter.builder("rtms.transcripts.disk.errors")
                .description("Attempts to write, sync or read transcript files that failed")
                .register(metrics);
        this.syncs = Timer.builder("rtms.transcripts.fsync")
                .description("How long the disk takes to make a transcript file last")
                .register(metrics);
    }

    /** A stream's file, or the folder, cannot be written. */
    void failed(String what, IOException e) {
        errors.increment();
        boolean wasOk = failing.isEmpty();
        failing.put(what, e.toString());
        if (wasOk) {
            LOG.warnf("Transcripts cannot be written, and wait in memory until they can: %s", e);
        } else {
            LOG.debugf(e, "Transcript of %s cannot be written", what);
        }
        whenFailing.run();
    }

    /** A stream's file, or the folder, is as it should be. */
    public void recovered(String what) {
        if (failing.remove(what) != null && failing.isEmpty()) {
            LOG.info("Transcripts are on disk again");
        }
    }

    /** Something that was written cannot be read. */
    void unreadable(Path file, IOException e) {
        errors.increment();
        LOG.errorf("Transcript file %s cannot be read: %s", file, e);
    }

    /** Makes a file last. */
    void timeSync(Disk.Target file) throws IOException {
        long begin = System.nanoTime();
        file.sync();
        syncs.record(System.nanoTime() - begin, TimeUnit.NANOSECONDS);
    }

    /** Whether nothing waits for the disk. */
    public boolean isOk() {
        return failing.isEmpty();
    }

    /** What waits for the disk: stream ids, and {@link #FOLDER}. */
    public Set<String> failing() {
        return Set.copyOf(failing.keySet());
    }

    /** One of the failures, in words; empty where there is none. */
    public Optional<String> failure() {
        return failing.values().stream().findFirst();
    }
}
