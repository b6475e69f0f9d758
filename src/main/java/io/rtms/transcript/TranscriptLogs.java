package io.rtms.transcript;

import io.rtms.event.StreamState;
import io.rtms.transcript.TranscriptEntry.Status;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * The transcript logs of all streams. A stream has one from its first event until {@code rtms.transcripts.keep-ended} after its end. Safe for
 * any thread.
 */
@Singleton
public class TranscriptLogs {
    private final int maxEntries;
    private final Duration keepEnded;
    private final Map<String, TranscriptLog> logs = new ConcurrentHashMap<>();
    private final Map<String, Long> endedAtSeq = new ConcurrentHashMap<>();
    private final Set<Consumer<TranscriptLog>> watchers = ConcurrentHashMap.newKeySet();
    private final ScheduledExecutorService expiry = Executors.newSingleThreadScheduledExecutor(
            Thread.ofVirtual().name("transcript-expiry").factory());

    TranscriptLogs(TranscriptConfig config) {
        if (config.maxEntries() < 1) {
            throw new IllegalArgumentException("rtms.transcripts.max-entries must be at least 1");
        }
        this.maxEntries = config.maxEntries();
        this.keepEnded = config.keepEnded();
    }

    /** The log of a stream that has one. */
    public Optional<TranscriptLog> find(String streamId) {
        return Optional.ofNullable(logs.get(streamId));
    }

    /** All logs there are, in no order. */
    public Collection<TranscriptLog> all() {
        return logs.values();
    }

    /** Appends an entry to a stream's log, which begins with its first entry. A final status starts the time until the log is removed. */
    public void append(String streamId, TranscriptEntry entry) {
        long seq = open(streamId).append(entry);
        if (entry instanceof Status status && seq > 0) {
            if (status.state().isFinal()) {
                expireAfter(streamId, seq);
            } else {
                endedAtSeq.remove(streamId);
            }
        }
    }

    /** Deletes what was kept of a stream, because consent to it was revoked. Its log stays for a while, with this status alone. */
    public void revoke(String streamId, Status status) {
        find(streamId).ifPresent(log -> {
            log.revoke(new Status(StreamState.ENDED, status.cause(), status.timestamp()));
            expireAfter(streamId, log.lastSeq());
        });
    }

    /** Calls this watcher with each log that begins from now on, on the writer's thread; it must not block. */
    void watch(Consumer<TranscriptLog> watcher) {
        watchers.add(watcher);
    }

    /** Calls this watcher no more. */
    void unwatch(Consumer<TranscriptLog> watcher) {
        watchers.remove(watcher);
    }

    private TranscriptLog open(String streamId) {
        TranscriptLog known = logs.get(streamId);
        if (known != null) {
            return known;
        }
        TranscriptLog created = new MemoryLog(streamId, maxEntries);
        TranscriptLog raced = logs.putIfAbsent(streamId, created);
        if (raced != null) {
            return raced;
        }
        watchers.forEach(watcher -> watcher.accept(created));
        return created;
    }

    /** A stream that was joined again meanwhile has a newer status and is left alone. */
    private void expireAfter(String streamId, long seq) {
        endedAtSeq.put(streamId, seq);
        expiry.schedule(() -> remove(streamId, seq), keepEnded.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void remove(String streamId, long seq) {
        if (endedAtSeq.remove(streamId, seq)) {
            TranscriptLog log = logs.remove(streamId);
            if (log != null) {
                log.retire();
            }
        }
    }

    @PreDestroy
    void stop() {
        expiry.shutdownNow();
    }
}
