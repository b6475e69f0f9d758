package io.rtms.transcript.shared;

import io.rtms.cluster.SharedTranscripts;
import io.rtms.cluster.Tail;
import io.rtms.stream.StreamRegistry.RegistryAwayException;
import io.rtms.transcript.log.EntryJson;
import io.rtms.transcript.log.LogEntry;
import io.rtms.transcript.log.MemoryBudget;
import io.rtms.transcript.log.RecentEntries;
import io.rtms.transcript.log.StreamLog;
import io.rtms.transcript.log.TranscriptEntry.Status;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jboss.logging.Logger;

/** The logs on this node of transcripts that all nodes share. Safe for any thread but an event loop's. */
public final class SharedStore {
    private static final Logger LOG = Logger.getLogger(SharedStore.class);

    private static final long UNUSED_MILLIS = 60_000;

    private final SharedTranscripts transcripts;
    private final Tail tail;
    private final SharedArchive.Limits limits;
    private final int maxEntries;
    private final MemoryBudget memory;
    private final Map<String, Copy> copies = new ConcurrentHashMap<>();

    /** @param usedAt when somebody asked for it, or followed it, milliseconds since the epoch */
    private record Copy(StreamLog log, SharedArchive archive, AtomicLong usedAt) {
        StreamLog use() {
            usedAt.set(System.currentTimeMillis());
            return log;
        }
    }

    /**
     * @param keep how long a transcript is kept after its last entry
     * @param maxEntries how many of its newest entries each log has in memory at the most; in Redis too
     */
    public SharedStore(SharedTranscripts transcripts, Tail tail, Duration keep, int maxEntries, MemoryBudget memory) {
        this.transcripts = transcripts;
        this.tail = tail;
        this.limits = new SharedArchive.Limits(maxEntries, keep);
        this.maxEntries = maxEntries;
        this.memory = memory;
    }

    /** A log for a stream that this node begins to write, or goes on with where another one was. */
    public StreamLog open(String streamId) {
        return copy(streamId, transcripts.last(streamId).map(SharedTranscripts.Entry::seq));
    }

    /** A log that follows what some node writes; empty where there is no such transcript. */
    public Optional<StreamLog> find(String streamId) {
        Optional<Long> last = transcripts.last(streamId).map(SharedTranscripts.Entry::seq);
        return last.map(seq -> copy(streamId, last));
    }

    private StreamLog copy(String streamId, Optional<Long> last) {
        return copies.computeIfAbsent(streamId, id -> make(id, last)).use();
    }

    private Copy make(String streamId, Optional<Long> last) {
        RecentEntries recent = new RecentEntries(maxEntries, memory, last.orElse(0L));
        SharedArchive archive = new SharedArchive(streamId, recent, transcripts, limits, last.orElse(0L));
        StreamLog log = last.isEmpty()
                ? StreamLog.begin(streamId, recent, archive)
                : StreamLog.recovered(
                        streamId, recent, archive, System.currentTimeMillis(), false, transcripts.isRevoked(streamId));
        archive.feeds(log);
        Copy copy = new Copy(log, archive, new AtomicLong(System.currentTimeMillis()));
        tail.follow(streamId, message -> take(copy, message));
        return copy;
    }

    /** On an event loop. What follows on what is known is taken in; where something is missing between, it is fetched apart from here. */
    private void take(Copy copy, Tail.Message message) {
        LogEntry entry = SharedArchive.entry(message.entry());
        if (message.isRevocation()) {
            Thread.ofVirtual().name("rtms-revoked").start(() -> copy.log().takeRevocation(entry));
        } else if (transcripts.token(copy.log().streamId()).isPresent()) {
            return; // this node has written it
        } else if (entry.seq() <= copy.log().lastSeq() + 1) {
            copy.log().take(entry);
            copy.archive().written(entry.seq());
        } else {
            Thread.ofVirtual().name("rtms-fetch").start(() -> look(copy));
        }
    }

    private void look(Copy copy) {
        try {
            copy.archive().fetch();
        } catch (RegistryAwayException e) {
            LOG.debug("Redis is away as a transcript was followed");
        }
    }

    /** Ids of all transcripts there are. */
    public List<String> known() {
        return transcripts.known(limits.keep());
    }

    /** Makes up for messages that were lost, and for Redis' absence. */
    public void lookAfter() {
        for (Copy copy : copies.values()) {
            String streamId = copy.log().streamId();
            if (transcripts.token(streamId).isEmpty()) {
                look(copy);
            } else {
                copy.log().retry();
            }
        }
    }

    /** Transcripts that others write and nobody reads here, for long or since they are another's now: to be forgotten, and found again when somebody asks. */
    public List<String> unused() {
        long before = System.currentTimeMillis() - UNUSED_MILLIS;
        List<String> unused = new ArrayList<>();
        copies.forEach((streamId, copy) -> {
            if (copy.archive().isAstray() && !copy.log().isFollowed()) {
                unused.add(streamId);
            } else if (copy.log().isFollowed() || transcripts.token(streamId).isPresent()) {
                copy.use();
            } else if (copy.usedAt().get() < before) {
                unused.add(streamId);
            }
        });
        return unused;
    }

    /** Follows a transcript no more. */
    public void forget(String streamId) {
        if (copies.remove(streamId) != null) {
            tail.unfollow(streamId);
        }
    }

    /**
     * Deletes a transcript on all nodes.
     *
     * @return how many entries there were; empty where it had been deleted before
     */
    public Optional<Long> revoke(String streamId, Status last) {
        String json = EntryJson.number(streamId, 0, last).json();
        String number = "\"seq\":0";
        int at = json.indexOf(number) + number.length();
        return transcripts.revoke(streamId, "status", json.substring(0, at - 1), json.substring(at), limits.keep());
    }
}
