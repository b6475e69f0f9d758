package io.rtms.cluster;

import io.vertx.redis.client.Command;
import io.vertx.redis.client.Response;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * A Redis stream whose entries are shared out among the nodes by a consumer group: each goes to one of them, and to another one where that did not say in time
 * that it is done. Entries have one field.
 */
class GroupStream {
    private static final String GROUP = "nodes";
    private static final String FIELD = "v";

    private final RedisStore redis;
    private final String key;
    private final String consumer;
    private final Duration claimAfter;
    private long claimedAt = System.nanoTime();

    /** @param claimAfter how long a node may have an entry without saying that it is done before it is another's */
    GroupStream(RedisStore redis, String key, String consumer, Duration claimAfter) {
        this.redis = redis;
        this.key = key;
        this.consumer = consumer;
        this.claimAfter = claimAfter;
    }

    /**
     * An entry that is this node's to act on.
     *
     * @param again whether another node had it before
     */
    record Entry(String id, String value, boolean again) {
        /** When it was added, milliseconds since the epoch. */
        long addedAt() {
            return Long.parseLong(id.substring(0, id.indexOf('-')));
        }
    }

    void add(String value) {
        redis.call(Command.XADD, key, "*", FIELD, value);
    }

    /** How many entries nobody has said to be done with. */
    long size() {
        return redis.call(Command.XLEN, key).toLong();
    }

    /** When the oldest of them was added, milliseconds since the epoch; 0 where there is none. */
    long oldest() {
        Response first = redis.call(Command.XRANGE, key, "-", "+", "COUNT", 1);
        return first.size() == 0
                ? 0
                : Long.parseLong(first.get(0).get(0).toString().split("-")[0]);
    }

    /** The next entries, waiting a while for the first: now and then those that another node did not say to be done with. For one thread. */
    List<Entry> next(int count, Duration wait) {
        if (System.nanoTime() - claimedAt > claimAfter.toNanos() / 2) {
            claimedAt = System.nanoTime();
            List<Entry> left = claim(count);
            if (!left.isEmpty()) {
                return left;
            }
        }
        return read(count, wait);
    }

    private List<Entry> read(int count, Duration wait) {
        try {
            Response answer = redis.callBlocking(
                    wait,
                    Command.XREADGROUP,
                    "GROUP",
                    GROUP,
                    consumer,
                    "COUNT",
                    count,
                    "BLOCK",
                    wait.toMillis(),
                    "STREAMS",
                    key,
                    ">");
            return answer == null ? List.of() : entries(entriesOf(answer), false);
        } catch (IllegalStateException e) {
            create(e);
            return List.of();
        }
    }

    private List<Entry> claim(int count) {
        try {
            Response answer =
                    redis.call(Command.XAUTOCLAIM, key, GROUP, consumer, claimAfter.toMillis(), "0-0", "COUNT", count);
            return entries(answer.get(1), true);
        } catch (IllegalStateException e) {
            create(e);
            return List.of();
        }
    }

    /** It is done. */
    void done(Entry entry) {
        redis.call(Command.XACK, key, GROUP, entry.id());
        redis.call(Command.XDEL, key, entry.id());
    }

    /** In the first node, or where Redis has lost its data. */
    private void create(IllegalStateException failure) {
        if (!RedisStore.isError(failure, "NOGROUP")) {
            throw failure;
        }
        try {
            redis.call(Command.XGROUP, "CREATE", key, GROUP, "0", "MKSTREAM");
        } catch (IllegalStateException e) {
            if (!RedisStore.isError(e, "BUSYGROUP")) {
                throw e;
            }
        }
    }

    /** A list of streams with their entries, or, in RESP3, a map of them. */
    static Response entriesOf(Response streams) {
        return streams.isMap()
                ? streams.get(streams.getKeys().iterator().next())
                : streams.get(0).get(1);
    }

    private static List<Entry> entries(Response list, boolean again) {
        List<Entry> entries = new ArrayList<>();
        for (Response entry : list) {
            if (entry != null && entry.get(1) != null) {
                entries.add(
                        new Entry(entry.get(0).toString(), entry.get(1).get(1).toString(), again));
            }
        }
        return entries;
    }
}
