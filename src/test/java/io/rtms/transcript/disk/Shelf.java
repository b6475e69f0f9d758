package io.rtms.transcript.disk;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.rtms.event.Cause;
import io.rtms.event.Participant;
import io.rtms.event.StopReason;
import io.rtms.event.StreamState;
import io.rtms.media.TranscriptLanguage;
import io.rtms.transcript.log.MemoryBudget;
import io.rtms.transcript.log.StreamLog;
import io.rtms.transcript.log.TranscriptEntry.Status;
import io.rtms.transcript.log.TranscriptEntry.Utterance;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;

/** Logs with files in a folder, as a process has them. Opened again on the same folder it is the next process. */
public final class Shelf implements AutoCloseable {
    final FaultyDisk disk;
    final DiskState state;
    final MemoryBudget memory;
    final Map<String, StreamLog> found = new HashMap<>();
    private final DiskStore store;
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor();

    private Shelf(Path folder, FsyncPolicy policy, int maxEntries, MemoryBudget memory, FaultyDisk disk) {
        this.disk = disk;
        this.memory = memory;
        this.state = new DiskState(new SimpleMeterRegistry(), () -> {});
        Syncer syncer = new Syncer(policy, Duration.ofMillis(20), thread);
        this.store = new DiskStore(new LogFolder(folder, disk), syncer, state, maxEntries, memory);
        store.recover(Duration.ofDays(1), log -> found.put(log.streamId(), log));
    }

    static Shelf open(Path folder) {
        return open(folder, FsyncPolicy.NEVER, 1000);
    }

    static Shelf open(Path folder, FsyncPolicy policy, int maxEntries) {
        return new Shelf(folder, policy, maxEntries, new MemoryBudget(Long.MAX_VALUE), new FaultyDisk());
    }

    static Shelf open(Path folder, FaultyDisk disk) {
        return new Shelf(folder, FsyncPolicy.NEVER, 1000, new MemoryBudget(Long.MAX_VALUE), disk);
    }

    static Shelf open(Path folder, MemoryBudget memory) {
        return new Shelf(folder, FsyncPolicy.NEVER, 1000, memory, new FaultyDisk());
    }

    /** A log that begins now. */
    StreamLog begin(String streamId) {
        return store.begin(streamId);
    }

    /** A log that was found when this was opened. */
    StreamLog log(String streamId) {
        StreamLog log = found.get(streamId);
        if (log == null) {
            throw new AssertionError("no log " + streamId + " in " + found.keySet());
        }
        return log;
    }

    /** What a crash leaves is what stands in the files: nothing is written here any more. */
    @Override
    public void close() {
        thread.shutdownNow();
        store.close();
    }

    public static Utterance says(String text) {
        return new Utterance("", new Participant(7, "Anna"), text, TranscriptLanguage.ENGLISH, false, 0, 0, 1);
    }

    /** Appends utterances, each of which has its number in its text. */
    static void say(StreamLog log, long count) {
        for (long i = 0; i < count; i++) {
            log.append(says("line " + (log.lastSeq() + 1)));
        }
    }

    public static Status is(StreamState state) {
        return new Status(state, Cause.NONE, 1);
    }

    public static Status revoked() {
        return new Status(StreamState.ENDED, Cause.of(StopReason.STREAM_REVOKED), 1);
    }
}
