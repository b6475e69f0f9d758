package io.rtms.transcript.disk;

import io.rtms.event.TranscriptDeleted.Why;
import io.rtms.transcript.log.MemoryBudget;
import io.rtms.transcript.log.StreamLog;
import java.time.Duration;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jboss.logging.Logger;

/**
 * How long transcripts are kept: those of streams that are over, or were not joined again soon after a restart, until they are too old, and the
 * oldest of them only as long as there is room for all. Live ones are never deleted. Run by one thread.
 */
public final class Retention implements Runnable {
    private static final Logger LOG = Logger.getLogger(Retention.class);
    private static final long SHORTEST_MILLIS = 100;
    private static final long LONGEST_MILLIS = Duration.ofMinutes(1).toMillis();

    private final long keepMillis;
    private final long graceMillis;
    private final long startedAt = System.nanoTime();
    private final long maxBytes;
    private final MemoryBudget memory;
    private final Supplier<Collection<StreamLog>> logs;
    private final BiConsumer<StreamLog, Why> retire;
    private boolean toldOfLive;

    /**
     * @param grace how long after the start transcripts stay whose streams were not over when an earlier process stopped
     * @param memory of which live streams may need more than those that are over leave them
     * @param retire what is to be done with a log that goes
     */
    public Retention(
            Duration keep,
            Duration grace,
            long maxBytes,
            MemoryBudget memory,
            Supplier<Collection<StreamLog>> logs,
            BiConsumer<StreamLog, Why> retire) {
        this.keepMillis = keep.toMillis();
        this.graceMillis = grace.toMillis();
        this.maxBytes = maxBytes;
        this.memory = memory;
        this.logs = logs;
        this.retire = retire;
    }

    /** How often to run, in milliseconds: often enough for the time that is kept. */
    public long period() {
        return Math.clamp(keepMillis / 4, SHORTEST_MILLIS, LONGEST_MILLIS);
    }

    @Override
    public void run() {
        try {
            long now = System.currentTimeMillis();
            for (StreamLog log : logs.get()) {
                if (mayGo(log) && now - log.touchedAt() >= keepMillis) {
                    retire.accept(log, Why.EXPIRED);
                } else {
                    log.settle();
                }
            }
            makeRoom();
            shedMemory();
        } catch (Throwable e) { // it would never run again
            LOG.error("Old transcripts were not all deleted", e);
        }
    }

    private boolean mayGo(StreamLog log) {
        boolean mayBeJoinedAgain =
                log.isUnfinished() && TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - startedAt) < graceMillis;
        return !log.isLive() && !mayBeJoinedAgain;
    }

    private void makeRoom() {
        long bytes = logs.get().stream().mapToLong(StreamLog::bytes).sum();
        if (bytes <= maxBytes) {
            toldOfLive = false;
            return;
        }
        // What is left of a revoked one is a line, and it keeps late lines from beginning it anew.
        for (StreamLog log : oldestFirst(log -> mayGo(log) && !log.isRevoked())) {
            long size = log.bytes();
            retire.accept(log, Why.TOO_LARGE);
            bytes -= log.isRetired() ? size : 0;
            if (bytes <= maxBytes) {
                return;
            }
        }
        if (!toldOfLive) {
            LOG.warnf("Transcripts have %d bytes, more than rtms.transcripts.max-bytes, and none is over", bytes);
            toldOfLive = true;
        }
    }

    /** Where the disk takes nothing, or there is none: what was said last, in streams that go on, is worth more. */
    private void shedMemory() {
        if (!memory.isTight()) {
            return;
        }
        for (StreamLog log : oldestFirst(log -> !log.isLive())) {
            log.shed();
            if (!memory.isTight()) {
                return;
            }
        }
    }

    private List<StreamLog> oldestFirst(Predicate<StreamLog> which) {
        return logs.get().stream()
                .filter(which)
                .sorted(Comparator.comparingLong(StreamLog::touchedAt))
                .toList();
    }
}
