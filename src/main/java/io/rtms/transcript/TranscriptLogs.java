package io.rtms.transcript;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.rtms.Observers;
import io.rtms.cluster.Cluster;
import io.rtms.cluster.SharedTranscripts;
import io.rtms.cluster.Tail;
import io.rtms.event.StreamState;
import io.rtms.event.TranscriptDeleted;
import io.rtms.event.TranscriptDeleted.Why;
import io.rtms.stream.StreamRegistry.RegistryAwayException;
import io.rtms.transcript.disk.Disk;
import io.rtms.transcript.disk.DiskState;
import io.rtms.transcript.disk.DiskStore;
import io.rtms.transcript.disk.LogFolder;
import io.rtms.transcript.disk.RealDisk;
import io.rtms.transcript.disk.Retention;
import io.rtms.transcript.disk.Syncer;
import io.rtms.transcript.log.Archive;
import io.rtms.transcript.log.MemoryBudget;
import io.rtms.transcript.log.RecentEntries;
import io.rtms.transcript.log.StreamLog;
import io.rtms.transcript.log.TranscriptEntry;
import io.rtms.transcript.log.TranscriptEntry.Status;
import io.rtms.transcript.log.TranscriptLog;
import io.rtms.transcript.shared.SharedStore;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.event.Event;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Collection;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.jboss.logging.Logger;

/**
 * The transcript logs of all streams, in files under {@code rtms.transcripts.dir} and the newest entries in memory. A stream has a log from its
 * first event until {@link Retention} deletes it, over restarts. Safe for any thread. One thread of its own syncs files, tries again what the
 * disk refused, and deletes what is old.
 */
@Singleton
public class TranscriptLogs {
    private static final Logger LOG = Logger.getLogger(TranscriptLogs.class);
    private static final long RETRY_SECONDS = 1;
    private static final long FAREWELL_SECONDS = 10;
    private static final long LOOK_AFTER_MILLIS = 1000;
    /** Longer than Zoom holds a stream whose receiver is away. */
    private static final Duration REJOIN_GRACE = Duration.ofMinutes(2);

    private final int maxEntries;
    private final MemoryBudget memory;
    private final Map<String, StreamLog> logs = new ConcurrentHashMap<>();
    private final Set<Consumer<TranscriptLog>> watchers = ConcurrentHashMap.newKeySet();
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("rtms-transcripts").factory());
    private final AtomicBoolean retrying = new AtomicBoolean();
    private final Deletions deletions;
    private final Optional<DiskStore> store;
    private Optional<SharedStore> shared = Optional.empty();

    @Inject
    TranscriptLogs(
            TranscriptConfig config,
            MeterRegistry metrics,
            Event<TranscriptDeleted> observers,
            Cluster cluster,
            Instance<SharedTranscripts> transcripts,
            Instance<Tail> tail) {
        this(config, !cluster.isEnabled(), new RealDisk(), metrics, telling(observers, metrics));
        if (cluster.isEnabled()) {
            shared =
                    Optional.of(new SharedStore(transcripts.get(), tail.get(), config.keepEnded(), maxEntries, memory));
            tail.get().onBegun(this::onBegun);
            cluster.work("transcripts", () -> lookAfter(tail.get()));
        }
    }

    /** Those with {@code @ObservesAsync} are waited for like the others: nothing else waits for that thread. */
    private static Consumer<TranscriptDeleted> telling(Event<TranscriptDeleted> event, MeterRegistry metrics) {
        Observers<TranscriptDeleted> observers = Observers.of(
                TranscriptDeleted.class, event, (deleted, failure) -> Deletions.failed(metrics, deleted, failure));
        return deleted -> {
            observers.tell(deleted);
            observers.awaitReturn();
        };
    }

    TranscriptLogs(TranscriptConfig config, Disk disk, MeterRegistry metrics, Consumer<TranscriptDeleted> observers) {
        this(config, true, disk, metrics, observers);
    }

    private TranscriptLogs(
            TranscriptConfig config,
            boolean keepsFiles,
            Disk disk,
            MeterRegistry metrics,
            Consumer<TranscriptDeleted> observers) {
        if (config.maxEntries() < 1) {
            throw new IllegalArgumentException("rtms.transcripts.max-entries must be at least 1");
        }
        if (config.maxMemory() < 1) {
            throw new IllegalArgumentException("rtms.transcripts.max-memory must be at least 1");
        }
        this.maxEntries = config.maxEntries();
        this.memory = new MemoryBudget(config.maxMemory());
        this.deletions = new Deletions(metrics, observers);
        this.store = config.dir()
                .filter(dir -> keepsFiles)
                .map(dir -> new DiskStore(
                        new LogFolder(dir, disk),
                        new Syncer(config.fsync(), config.fsyncInterval(), thread),
                        new DiskState(metrics, this::retryLater),
                        maxEntries,
                        memory));
        store.ifPresent(files -> {
            files.recover(config.keepEnded(), log -> logs.put(log.streamId(), log));
            Gauge.builder("rtms.transcripts.disk.ok", files.state(), state -> state.isOk() ? 1 : 0)
                    .description("1 while transcripts are written, 0 while they wait in memory for the disk")
                    .register(metrics);
        });
        Gauge.builder(
                        "rtms.transcripts.bytes",
                        logs.values(),
                        all -> all.stream().mapToLong(StreamLog::bytes).sum())
                .description("Bytes of all transcripts: on disk, and of what memory alone has")
                .register(metrics);
        Gauge.builder("rtms.transcripts.memory", memory, MemoryBudget::used)
                .description("Characters of the transcript entries in memory, at most rtms.transcripts.max-memory")
                .register(metrics);
        Retention retention =
                new Retention(config.keepEnded(), REJOIN_GRACE, config.maxBytes(), memory, logs::values, this::retire);
        thread.scheduleWithFixedDelay(retention, 0, retention.period(), TimeUnit.MILLISECONDS);
    }

    /** The log of a stream that has one; throws {@link UncheckedIOException} where that cannot be known now. */
    public Optional<TranscriptLog> find(String streamId) {
        return Optional.<TranscriptLog>ofNullable(logs.get(streamId))
                .or(() -> shared.flatMap(all -> found(all, streamId)).map(this::enter));
    }

    private static Optional<StreamLog> found(SharedStore all, String streamId) {
        try {
            return all.find(streamId);
        } catch (RegistryAwayException e) {
            throw new UncheckedIOException(new IOException(e.getMessage(), e));
        }
    }

    /** All logs there are, in no order. */
    public Collection<TranscriptLog> all() {
        try {
            shared.ifPresent(all -> all.known().forEach(this::find));
        } catch (RegistryAwayException | UncheckedIOException e) {
            LOG.debug("Redis is away: those that are here are all that can be had");
        }
        return Collections.unmodifiableCollection(logs.values());
    }

    /** Appends an entry to a stream's log, which begins with its first entry. After a final status it is kept for a while. */
    public void append(String streamId, TranscriptEntry entry) {
        StreamLog log = open(streamId);
        while (log.append(entry) == 0 && log.isRetired()) {
            logs.remove(streamId, log);
            log = open(streamId);
        }
    }

    /**
     * Deletes what was kept of a stream, because consent to it was revoked, and fires {@link TranscriptDeleted}. Its log stays for a while, with
     * this status alone, and takes no more entries.
     */
    public void revoke(String streamId, Status status) {
        StreamLog log = logs.get(streamId);
        if (shared.isPresent()) {
            revokeForAll(shared.get(), streamId, status);
            return;
        }
        Optional<TranscriptDeleted> deleted = log == null
                ? store.flatMap(files -> files.deleteUnknown(streamId))
                : log.revoke(new Status(StreamState.ENDED, status.cause(), status.timestamp()));
        deleted.ifPresent(deletions::tell);
    }

    private void revokeForAll(SharedStore all, String streamId, Status status) {
        Status last = new Status(StreamState.ENDED, status.cause(), status.timestamp());
        all.revoke(streamId, last)
                .map(entries -> new TranscriptDeleted(streamId, Why.REVOKED, entries, 0, System.currentTimeMillis()))
                .ifPresent(deletions::tell);
    }

    /** Some node has begun a transcript; only those who follow all of them want to know now. On an event loop. */
    private void onBegun(String streamId) {
        if (!watchers.isEmpty() && !logs.containsKey(streamId)) {
            Thread.ofVirtual().name("rtms-begun").start(() -> find(streamId));
        }
    }

    /** Of transcripts that others write: what messages did not tell, and those that nobody reads here. */
    private void lookAfter(Tail tail) throws InterruptedException {
        SharedStore all = shared.orElseThrow();
        boolean isNew = tail.keepConnected();
        if (isNew && !watchers.isEmpty()) {
            all.known().forEach(this::find);
        }
        all.lookAfter();
        all.unused().forEach(streamId -> {
            logs.remove(streamId);
            all.forget(streamId);
        });
        Thread.sleep(LOOK_AFTER_MILLIS);
    }

    /** How the disk is; empty where transcripts are in memory alone. */
    Optional<DiskState> disk() {
        return store.map(DiskStore::state);
    }

    /** Calls this watcher with each log that begins from now on, on the writer's thread; it must not block. */
    public void watch(Consumer<TranscriptLog> watcher) {
        watchers.add(watcher);
    }

    /** Calls this watcher no more. */
    public void unwatch(Consumer<TranscriptLog> watcher) {
        watchers.remove(watcher);
    }

    private StreamLog open(String streamId) {
        StreamLog known = logs.get(streamId);
        if (known != null) {
            return known;
        }
        return enter(shared.map(all -> all.open(streamId))
                .or(() -> store.map(files -> files.begin(streamId)))
                .orElseGet(() -> StreamLog.begin(streamId, new RecentEntries(maxEntries, memory, 0), Archive.NONE)));
    }

    private StreamLog enter(StreamLog created) {
        StreamLog raced = logs.putIfAbsent(created.streamId(), created);
        if (raced != null) {
            return raced;
        }
        watchers.forEach(watcher -> watcher.accept(created));
        return created;
    }

    private void retire(StreamLog log, Why why) {
        log.retire(why).ifPresent(deleted -> {
            logs.remove(log.streamId(), log);
            deletions.tell(deleted);
        });
        if (shared.isPresent() && log.isRetired()) {
            logs.remove(log.streamId(), log);
            shared.get().forget(log.streamId());
        }
    }

    /** At most one attempt is due at a time. */
    private void retryLater() {
        if (retrying.compareAndSet(false, true)) {
            try {
                thread.schedule(this::retryAll, RETRY_SECONDS, TimeUnit.SECONDS);
            } catch (RejectedExecutionException e) {
                retrying.set(false); // the service stops, and tries once more when it closes the files
            }
        }
    }

    private void retryAll() {
        retrying.set(false);
        store.ifPresent(files -> files.state().failing().forEach(what -> {
            if (what.equals(DiskState.FOLDER)) {
                files.retryFolder();
            } else {
                retry(files, what);
            }
        }));
    }

    /** What an unknown stream is owed comes first: it stands in the way of one that has begun since. */
    private void retry(DiskStore files, String streamId) {
        StreamLog log = logs.get(streamId);
        if (log == null || files.owesDeletion(streamId)) {
            files.retryDeletion(streamId).ifPresent(deletions::tell);
        }
        if (log != null) {
            log.retry().ifPresent(deletions::tell);
        }
    }

    /** Streams have told their last by now: {@code RtmsManager} stops them in an observer of the shutdown, which comes before this. */
    @PreDestroy
    void stop() {
        thread.shutdownNow();
        try {
            thread.awaitTermination(FAREWELL_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        logs.values().forEach(log -> log.close().ifPresent(deletions::tell));
        store.ifPresent(DiskStore::close);
        deletions.close();
    }
}
