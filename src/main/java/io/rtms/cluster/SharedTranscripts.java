package io.rtms.cluster;

import io.rtms.stream.StreamRegistry.RegistryAwayException;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Response;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The transcripts of all nodes: a Redis stream for each, with an entry's number as its id. The node that has the RTMS stream writes, under its lease, and any
 * node reads.
 *
 * @see Tail for what is written from now on
 */
@Singleton
public class SharedTranscripts {
    private final RedisStore redis;
    private final Keys keys;
    private final RedisRegistry registry;

    SharedTranscripts(RedisStore redis, RedisRegistry registry) {
        this.redis = redis;
        this.keys = redis.keys();
        this.registry = registry;
    }

    /**
     * An entry.
     *
     * @param seq its number
     * @param kind its kind's name
     * @param json the message to readers
     */
    public record Entry(long seq, String kind, String json) {}

    /** What came of the wish to write. */
    public enum Written {
        DONE,
        /** The stream is not this node's, or not just now. */
        NOT_OURS,
        /** There is such a number. */
        NUMBER_TAKEN,
        /** What was written before has gone, and is to be written again first. */
        EARLIER_LOST,
        /** The transcript was deleted, and takes no more. */
        REVOKED
    }

    /** By which this node writes a transcript: another one each time that it takes the stream; empty where it does not have it. */
    public Optional<String> token(String streamId) {
        return registry.token(streamId);
    }

    /** Whether Redis has lost what was written to a transcript of this node's, since this was asked last. */
    public boolean wasLost(String streamId) {
        return registry.wasRestored(streamId);
    }

    /**
     * Writes an entry, and has all who follow the transcript know.
     *
     * @param before number of the entry that was written before; 0 where there was none
     * @param most entries that are kept, about
     * @param keep for how long nothing may come before it is forgotten
     * @throws RegistryAwayException where Redis is away
     */
    public Written append(String streamId, String token, long before, Entry entry, long most, Duration keep) {
        int answer = redis.eval(
                        Script.APPEND,
                        List.of(keys.lease(streamId), keys.log(streamId), keys.record(streamId)),
                        token,
                        entry.seq(),
                        entry.kind(),
                        entry.json(),
                        most,
                        keep.toMillis(),
                        keys.tail(streamId),
                        before)
                .toInteger();
        return switch (answer) {
            case 1 -> Written.DONE;
            case -2 -> Written.NUMBER_TAKEN;
            case -3 -> Written.REVOKED;
            case -4 -> Written.EARLIER_LOST;
            default -> Written.NOT_OURS;
        };
    }

    /** Has all nodes know that there is a transcript, and that it is not old. */
    public void touch(String streamId) {
        redis.call(Command.ZADD, keys.transcripts(), System.currentTimeMillis(), streamId);
        redis.call(Command.PUBLISH, keys.begun(), streamId);
    }

    /** The entries from one number to another. */
    public List<Entry> read(String streamId, long from, long to, int limit) {
        Response range = redis.call(
                Command.XRANGE,
                keys.log(streamId),
                from + "-0",
                to == Long.MAX_VALUE ? "+" : to + "-0",
                "COUNT",
                Math.max(1, limit));
        List<Entry> entries = new ArrayList<>();
        range.forEach(entry -> entries.add(entry(entry)));
        return entries;
    }

    /** The oldest entry that is there. */
    public Optional<Entry> first(String streamId) {
        return one(redis.call(Command.XRANGE, keys.log(streamId), "-", "+", "COUNT", 1));
    }

    /** The newest one. */
    public Optional<Entry> last(String streamId) {
        return one(redis.call(Command.XREVRANGE, keys.log(streamId), "+", "-", "COUNT", 1));
    }

    /** How many there are. */
    public long size(String streamId) {
        return redis.call(Command.XLEN, keys.log(streamId)).toLong();
    }

    /** Whether a transcript was deleted by {@link #revoke}. */
    public boolean isRevoked(String streamId) {
        return redis.call(Command.HEXISTS, keys.record(streamId), "revoked").toInteger() == 1;
    }

    /**
     * Deletes a transcript for all nodes, but for a last entry.
     *
     * @param before the last entry's JSON up to its number
     * @param after the rest of it
     * @return how many entries there were; empty where it had been deleted before
     */
    public Optional<Long> revoke(String streamId, String kind, String before, String after, Duration keep) {
        Response answer = redis.eval(
                Script.REVOKE,
                List.of(keys.log(streamId), keys.record(streamId)),
                kind,
                before,
                after,
                keep.toMillis(),
                keys.tail(streamId));
        long count = answer.get(0).toLong();
        return count < 0 ? Optional.empty() : Optional.of(count);
    }

    /** Ids of the streams that have a transcript which was touched within this time. */
    public List<String> known(Duration keep) {
        long oldest = System.currentTimeMillis() - keep.toMillis();
        redis.call(Command.ZREMRANGEBYSCORE, keys.transcripts(), "-inf", oldest);
        List<String> ids = new ArrayList<>();
        redis.call(Command.ZRANGE, keys.transcripts(), 0, -1).forEach(id -> ids.add(id.toString()));
        return ids;
    }

    private static Optional<Entry> one(Response range) {
        return range.size() == 0 ? Optional.empty() : Optional.of(entry(range.get(0)));
    }

    private static Entry entry(Response entry) {
        long seq = Long.parseLong(entry.get(0).toString().split("-", 2)[0]);
        return new Entry(
                seq, entry.get(1).get(1).toString(), entry.get(1).get(3).toString());
    }
}
