package io.rtms.cluster;

import io.rtms.event.Cause;
import io.rtms.event.StopReason;
import io.rtms.stream.JoinRequest;
import io.rtms.stream.Lease;
import io.rtms.stream.StoredRequest;
import io.rtms.stream.StreamRegistry;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Response;
import jakarta.enterprise.inject.Typed;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jboss.logging.Logger;

/**
 * Which node has which stream: a lease in Redis for each, with a fencing number that only grows, and beside it the stream's record, by which it is joined
 * again. {@link #renew} is to be called several times within a lease's time; a node that does not is taken for lost.
 */
@Singleton
@Typed(RedisRegistry.class)
public class RedisRegistry implements StreamRegistry {
    private static final Logger LOG = Logger.getLogger(RedisRegistry.class);

    private static final int MOST_SWAPS = 100;

    static final String WANTED = "wanted";
    static final String ENDED = "ended";
    private static final String PRIVATE = "private";
    /** Of a lease's time, the part that may pass between this node's asking for it and Redis' setting it: so that it ends here before it ends there. */
    private static final int MARGIN_PART = 10;

    private final RedisStore redis;
    private final Keys keys;
    private final Node node;
    private final JoinQueue joins;
    private final Duration lease;
    private final Duration keep;
    private final Map<String, RedisLease> held = new ConcurrentHashMap<>();
    private final Map<String, Taken.Ours> takenUp = new ConcurrentHashMap<>();
    /** When this process was last seen awake, as {@link System#nanoTime}. */
    private volatile long awakeAt = System.nanoTime();

    private final BooleanSupplier onItsOwn;

    RedisRegistry(RedisStore redis, Node node, JoinQueue joins, ClusterConfig config) {
        this.redis = redis;
        this.keys = redis.keys();
        this.node = node;
        this.joins = joins;
        this.lease = config.lease();
        this.keep = config.keep();
        this.onItsOwn = () -> redis.isAway() && System.nanoTime() - awakeAt < lease.toNanos() / 2;
    }

    /** Nodes take streams as they have room, this one as it starts like any other. */
    @Override
    public List<JoinRequest> pending() {
        return List.of();
    }

    @Override
    public Lease take(JoinRequest request, Restore restore, Consumer<Cause> lost) {
        Taken.Ours before = takenUp.remove(request.stream().streamId());
        if (before != null) {
            return hold(before.token(), request, WANTED, before.since(), lost);
        }
        String state = restore == Restore.BY_ANYBODY && !request.canSign() ? WANTED : PRIVATE;
        Taken taken = take(request.stream().streamId(), StoredRequest.write(request), state, false);
        return switch (taken) {
            case Taken.Ours ours -> hold(ours.token(), request, state, ours.since(), lost);
            case Taken.Elsewhere elsewhere ->
                throw new HeldElsewhereException(request.stream().streamId(), elsewhere.node());
            case Taken.NotNow notNow -> throw new RegistryAwayException("the stream is not to be had now", null);
        };
    }

    /** What came of the wish to have a stream. */
    sealed interface Taken {
        /**
         * This node has it.
         *
         * @param request what is written down of it
         * @param hadHolder whether it was joined before
         * @param since before Redis was asked, nanoseconds
         */
        record Ours(String token, String request, boolean hadHolder, long since) implements Taken {}

        /** Another one has it. */
        record Elsewhere(String node) implements Taken {}

        /**
         * Nobody is to have it.
         *
         * @param later whether that may be otherwise in a moment
         */
        record NotNow(boolean later) implements Taken {}
    }

    /**
     * Takes a stream by what is written down of it. {@link #take(JoinRequest, Restore, Consumer)} follows, or {@link #letGo}.
     *
     * @param sparing whether one that had a holder before is left to it, who may come back
     */
    Taken takeUp(String streamId, boolean sparing) {
        Taken taken = take(streamId, "", WANTED, sparing);
        if (taken instanceof Taken.Ours ours) {
            takenUp.put(streamId, ours);
        }
        return taken;
    }

    /**
     * Gives back a stream that was taken up and could not be joined.
     *
     * @param state to leave it in, empty for as it is
     */
    void letGo(String streamId, String state) {
        Taken.Ours taken = takenUp.remove(streamId);
        if (taken != null) {
            release(streamId, taken.token(), state);
        }
    }

    private Taken take(String streamId, String request, String state, boolean sparing) {
        long since = System.nanoTime();
        Response answer = redis.eval(
                Script.TAKE,
                List.of(keys.lease(streamId), keys.record(streamId)),
                node.id(),
                lease.toMillis(),
                keep.toMillis(),
                request,
                state,
                sparing ? 1 : 0);
        String fence = answer.get(0).toString();
        return switch (fence) {
            case "0" -> elsewhere(Node.ofToken(answer.get(1).toString()));
            case "-1" -> new Taken.NotNow(false);
            case "-2" -> new Taken.NotNow(true);
            default -> {
                enlist(streamId, state);
                boolean hadHolder = answer.get(2).toInteger() == 1;
                yield new Taken.Ours(node.id() + "#" + fence, answer.get(1).toString(), hadHolder, since);
            }
        };
    }

    /** So that others find it should this node be lost. */
    private void enlist(String streamId, String state) {
        if (state.equals(WANTED)) {
            redis.call(Command.SADD, keys.streams(), streamId);
            redis.call(Command.SADD, keys.streams(node.id()), streamId);
        }
    }

    /** What a node has that is lost may be had as soon as its lease is over. */
    private Taken elsewhere(String holder) {
        return redis.call(Command.EXISTS, keys.alive(holder)).toInteger() == 1
                ? new Taken.Elsewhere(holder)
                : new Taken.NotNow(true);
    }

    /** Enters a lease that was taken. */
    Lease hold(String token, JoinRequest request, String state, long since, Consumer<Cause> lost) {
        RedisLease fresh = new RedisLease(this, request, token, state, until(since), lost, onItsOwn);
        held.put(fresh.streamId(), fresh);
        return fresh;
    }

    private long until(long since) {
        return since + lease.toNanos() - lease.toNanos() / MARGIN_PART;
    }

    @Override
    public boolean leaveBehind(JoinRequest request) {
        try {
            want(request);
            return true;
        } catch (RegistryAwayException e) {
            return false;
        }
    }

    /** Writes a stream down as one that somebody is to have, and has the nodes know. */
    public void want(JoinRequest request) {
        String streamId = request.stream().streamId();
        redis.call(Command.HSET, keys.record(streamId), "request", StoredRequest.write(request), "state", WANTED);
        redis.call(Command.HDEL, keys.record(streamId), "end");
        redis.call(Command.PEXPIRE, keys.record(streamId), keep.toMillis());
        redis.call(Command.SADD, keys.streams(), streamId);
        joins.add(streamId);
    }

    /** Nobody is to have the stream any more. Whoever has it now goes on until it is told. */
    public void unwant(String streamId) {
        redis.call(Command.HSET, keys.record(streamId), "state", ENDED);
        redis.call(Command.SREM, keys.streams(), streamId);
    }

    /** What is written down of a stream that somebody is to have. */
    public Optional<JoinRequest> wanted(String streamId) {
        Response fields = redis.call(Command.HMGET, keys.record(streamId), "state", "request");
        boolean isWanted = fields.get(0) != null && fields.get(0).toString().equals(WANTED);
        return isWanted && fields.get(1) != null
                ? Optional.of(StoredRequest.read(fields.get(1).toString()))
                : Optional.empty();
    }

    /**
     * What is written down of a stream.
     *
     * @param request how it is joined, once somebody was to have it
     * @param end why it ended, empty where it did not
     */
    public record Known(Optional<JoinRequest> request, String end) {
        /** Whether another app had it for real: one whose credentials were wrong keeps nobody out. */
        public boolean isAnothers(String app) {
            return request.filter(one -> !one.app().equals(app)).isPresent()
                    && (end.isEmpty()
                            || Stream.of(StopReason.values())
                                    .anyMatch(reason -> reason.name().equals(end)));
        }
    }

    /** What is written down of a stream. */
    public Known known(String streamId) {
        Response fields = redis.call(Command.HMGET, keys.record(streamId), "request", "end");
        return new Known(
                Optional.ofNullable(fields.get(0)).map(request -> StoredRequest.read(request.toString())),
                fields.get(1) == null ? "" : fields.get(1).toString());
    }

    /** Changes a field of a stream's record in one step, whoever else does so at the same time. The change may be asked for more than once. */
    public void change(String streamId, String field, UnaryOperator<String> change) {
        for (int i = 0; i < MOST_SWAPS; i++) {
            Response now = redis.call(Command.HGET, keys.record(streamId), field);
            String before = now == null ? "" : now.toString();
            String after = change.apply(before);
            if (after.equals(before)) {
                return;
            }
            int swapped = redis.eval(Script.SWAP, List.of(keys.record(streamId)), field, before, after, keep.toMillis())
                    .toInteger();
            if (swapped == 1) {
                return;
            }
        }
        throw new RegistryAwayException("the record of stream " + streamId + " changes all the time", null);
    }

    /** The node that has a stream. */
    public Optional<String> holder(String streamId) {
        Response token = redis.call(Command.GET, keys.lease(streamId));
        return Optional.ofNullable(token).map(Response::toString).map(Node::ofToken);
    }

    /** This node's streams. */
    Collection<RedisLease> held() {
        return held.values();
    }

    /** By which this node writes a stream's transcript; empty where it does not have the stream. */
    public Optional<String> token(String streamId) {
        return Optional.ofNullable(held.get(streamId))
                .filter(RedisLease::isKept)
                .map(RedisLease::token);
    }

    /** Whether Redis has lost a stream since this was asked last, and it is written down again: but for its transcript. */
    public boolean wasRestored(String streamId) {
        RedisLease one = held.get(streamId);
        return one != null && one.wasRestored();
    }

    /** To be called more often than this process might be taken for asleep. */
    void awake() {
        awakeAt = System.nanoTime();
    }

    /** Keeps this node's streams, and lets go of those that another one has. */
    void renew() {
        List<RedisLease> asked =
                held.values().stream().filter(RedisLease::isKept).toList();
        long since = System.nanoTime();
        List<CompletableFuture<Response>> answers = new ArrayList<>();
        for (RedisLease one : asked) {
            answers.add(redis.evalAsync(
                    Script.RENEW,
                    List.of(keys.lease(one.streamId()), keys.record(one.streamId())),
                    one.token(),
                    lease.toMillis(),
                    keep.toMillis(),
                    one.fence()));
        }
        for (int i = 0; i < answers.size(); i++) {
            RedisLease one = asked.get(i);
            switch (redis.await(answers.get(i)).toInteger()) {
                case 1 -> one.renewedUntil(until(since));
                case 2 -> restore(one, since);
                default -> lose(one);
            }
        }
    }

    private void restore(RedisLease one, long since) {
        one.restoring(); // before anything can be written again: that has to come after what Redis has lost
        int restored = redis.eval(
                        Script.RESTORE,
                        List.of(keys.lease(one.streamId()), keys.record(one.streamId())),
                        one.token(),
                        lease.toMillis(),
                        keep.toMillis(),
                        one.fence(),
                        StoredRequest.write(one.request()),
                        one.state(),
                        node.id())
                .toInteger();
        if (restored == 1) {
            LOG.warnf("Redis had lost stream %s, which this node has; it is written down again", one.streamId());
            enlist(one.streamId(), one.state());
            one.renewedUntil(until(since));
        } else {
            lose(one);
        }
    }

    private void lose(RedisLease one) {
        if (one.isKept()) {
            LOG.warnf("Stream %s is another node's now", one.streamId());
            held.remove(one.streamId(), one);
            one.lose();
        }
    }

    void moved(RedisLease one) {
        note(one.streamId(), "request", StoredRequest.write(one.request()));
    }

    private void note(String streamId, String field, String value) {
        try {
            redis.call(Command.HSET, keys.record(streamId), field, value);
        } catch (RegistryAwayException e) {
            LOG.debugf("Redis was away as the %s of stream %s was to be noted", field, streamId);
        }
    }

    /**
     * Lets go of a stream.
     *
     * @param state to leave it in, empty for as it is
     * @param end why it ended, empty where it did not
     */
    void release(RedisLease one, String state, String end) {
        held.remove(one.streamId(), one);
        if (!end.isEmpty()) {
            note(one.streamId(), "end", end);
        }
        release(one.streamId(), one.token(), state);
    }

    private void release(String streamId, String token, String state) {
        try {
            int next = redis.eval(
                            Script.RELEASE,
                            List.of(keys.lease(streamId), keys.record(streamId)),
                            token,
                            Node.fenceOf(token),
                            state)
                    .toInteger();
            redis.call(Command.SREM, keys.streams(node.id()), streamId);
            if (next == 1) {
                joins.add(streamId);
            } else if (next == 0) {
                redis.call(Command.SREM, keys.streams(), streamId);
            }
        } catch (RegistryAwayException e) {
            LOG.warnf("Stream %s was let go while Redis is away; others know when its lease is over", streamId);
        }
    }
}
