package io.rtms.transcript.shared;

import io.rtms.cluster.SharedTranscripts;
import io.rtms.cluster.SharedTranscripts.Entry;
import io.rtms.cluster.SharedTranscripts.Written;
import io.rtms.stream.StreamRegistry.RegistryAwayException;
import io.rtms.transcript.log.Archive;
import io.rtms.transcript.log.EntryKind;
import io.rtms.transcript.log.LogEntry;
import io.rtms.transcript.log.RecentEntries;
import io.rtms.transcript.log.StreamLog;
import io.rtms.transcript.log.TranscriptLog.Gap;
import io.rtms.transcript.log.TranscriptLog.GapCause;
import io.rtms.transcript.log.TranscriptLog.Slice;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import org.jboss.logging.Logger;

/** A log's entries in Redis. This node writes while it has the stream; while Redis is away entries wait in memory, and are relayed here alone. */
final class SharedArchive implements Archive {
    private static final Logger LOG = Logger.getLogger(SharedArchive.class);
    private static final int PAGE = 200;
    private static final Duration PAUSE = Duration.ofMillis(200);

    private final String streamId;
    private final RecentEntries recent;
    private final SharedTranscripts transcripts;
    private final Limits limits;

    private volatile StreamLog log;
    /** The last one that was written, or need not be. */
    private volatile long lastSeq;
    /** The last one that is in Redis, as far as this node knows. */
    private long storedSeq;

    private String token = "";
    private volatile boolean behind;

    /**
     * @param most entries in Redis, about
     * @param keep how long they are kept after the last one
     */
    record Limits(long most, Duration keep) {}

    SharedArchive(String streamId, RecentEntries recent, SharedTranscripts transcripts, Limits limits, long lastSeq) {
        this.streamId = streamId;
        this.recent = recent;
        this.transcripts = transcripts;
        this.limits = limits;
        this.lastSeq = lastSeq;
    }

    /** Its log, which takes in what other nodes have written. */
    void feeds(StreamLog follower) {
        log = follower;
    }

    static LogEntry entry(Entry entry) {
        return new LogEntry(entry.seq(), EntryKind.ofLabel(entry.kind()).orElse(EntryKind.STATUS), entry.json());
    }

    /** Before this node's first entry its log takes in what the node before has written, so that numbers go on. */
    @Override
    public boolean isOpen() {
        Optional<String> now = transcripts.token(streamId);
        if (now.isEmpty()) {
            return false;
        }
        while (!now.get().equals(token)) {
            try {
                fetch();
                transcripts.touch(streamId);
                storedSeq = lastSeq;
                token = now.get();
                log.begins();
            } catch (RegistryAwayException e) {
                LockSupport.parkNanos(PAUSE.toNanos());
                now = transcripts.token(streamId);
                if (now.isEmpty()) {
                    return false;
                }
            }
        }
        return true;
    }

    /** Takes in what is in Redis and not here. */
    void fetch() {
        List<Entry> page;
        do {
            page = transcripts.read(streamId, recent.lastSeq() + 1, Long.MAX_VALUE, PAGE);
            for (Entry entry : page) {
                log.skip(entry.seq() - 1);
                log.take(entry(entry));
            }
        } while (page.size() == PAGE);
        lastSeq = Math.max(lastSeq, recent.lastSeq());
    }

    /** Whether there are entries here that Redis never took: those of a node that fell asleep as it wrote them, under numbers that are another's now. */
    boolean isAstray() {
        return behind && transcripts.token(streamId).isEmpty();
    }

    /** Told of an entry that another node has written. */
    void written(long seq) {
        lastSeq = Math.max(lastSeq, seq);
    }

    @Override
    public void write(LogEntry entry) {
        noteLoss();
        if (!behind) {
            behind = !writes(entry);
        }
        if (entry.kind() == EntryKind.STATUS && !behind) {
            touch();
        }
    }

    /** What Redis has lost is written again, from memory. */
    private void noteLoss() {
        if (transcripts.wasLost(streamId)) {
            lastSeq = 0;
            storedSeq = 0;
            behind = true;
        }
    }

    private void touch() {
        try {
            transcripts.touch(streamId);
        } catch (RegistryAwayException e) {
            LOG.debugf("Redis went away as the transcript of stream %s was written", streamId);
        }
    }

    private boolean writes(LogEntry entry) {
        try {
            Entry one = new Entry(entry.seq(), entry.kind().label(), entry.json());
            Written written = transcripts.append(streamId, token, storedSeq, one, limits.most(), limits.keep());
            switch (written) {
                case DONE -> {
                    lastSeq = entry.seq();
                    storedSeq = entry.seq();
                    return true;
                }
                case NOT_OURS -> {
                    return false;
                }
                case EARLIER_LOST -> {
                    storedSeq = transcripts.last(streamId).map(Entry::seq).orElse(0L);
                    LOG.warnf(
                            "Redis has lost entries %d to %d of the transcript of stream %s; they are written again",
                            storedSeq + 1, lastSeq, streamId);
                    lastSeq = Math.min(lastSeq, storedSeq);
                    return false;
                }
                default -> {
                    LOG.warnf(
                            "Stream %s: entry %d of the transcript was not written (%s)",
                            streamId, entry.seq(), written);
                    lastSeq = entry.seq(); // nothing will change that
                    return true;
                }
            }
        } catch (RegistryAwayException e) {
            return false;
        }
    }

    @Override
    public void catchUp(boolean now) {
        noteLoss();
        while (behind && lastSeq < recent.lastSeq()) {
            Slice missing = recent.read(lastSeq, PAGE);
            missing.gap().ifPresent(gap -> lastSeq = gap.toSeq());
            for (LogEntry entry : missing.entries()) {
                if (!writes(entry)) {
                    return;
                }
            }
        }
        behind = false;
    }

    @Override
    public Slice read(long after, long before, int limit) {
        try {
            List<Entry> found = transcripts.read(streamId, after + 1, before - 1, limit);
            if (found.isEmpty()) {
                return Slice.EMPTY;
            }
            long first = found.getFirst().seq();
            Optional<Gap> gap =
                    first > after + 1 ? Optional.of(new Gap(after + 1, first - 1, GapCause.EVICTED)) : Optional.empty();
            List<LogEntry> entries = new ArrayList<>();
            long next = first;
            for (Entry entry : found) {
                if (entry.seq() != next++) {
                    break; // what is missing in between is the next slice's gap
                }
                entries.add(entry(entry));
            }
            return new Slice(gap, entries);
        } catch (RegistryAwayException e) {
            throw new UncheckedIOException(new IOException(e.getMessage(), e));
        }
    }

    @Override
    public long firstSeq() {
        try {
            return transcripts.first(streamId).map(Entry::seq).orElse(0L);
        } catch (RegistryAwayException e) {
            return 0;
        }
    }

    @Override
    public long lastEntry() {
        return lastSeq;
    }

    @Override
    public long lastSeq() {
        return lastSeq;
    }

    /** Redis forgets it by itself. */
    @Override
    public boolean isShared() {
        return true;
    }
}
