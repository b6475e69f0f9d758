package io.rtms.cluster;

import io.rtms.event.Cause;
import io.rtms.stream.JoinRequest;
import io.rtms.stream.Lease;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/**
 * A stream that this node has, until a time that {@link RedisRegistry} puts off again and again. Where Redis is away nobody else can take the stream
 * either: it goes on, but nothing is dialled. Where this process was asleep, it waits for Redis' word.
 */
final class RedisLease implements Lease {
    private static final Cause TAKEN = new Cause(
            0,
            "HELD_ELSEWHERE",
            "Another node has the stream: this one could not show in time that it is alive.",
            true);

    private final RedisRegistry registry;
    private final String token;
    private final String fence;
    private final String state;
    private final Consumer<Cause> whenLost;
    private final BooleanSupplier onItsOwn;

    private final AtomicBoolean restored = new AtomicBoolean();
    private volatile JoinRequest request;
    private volatile long deadline;
    private volatile boolean lost;
    private volatile boolean over;

    /**
     * @param deadline nanoseconds, as {@link System#nanoTime}
     * @param onItsOwn whether a lease that was not renewed is still good, since Redis is away and this process awake
     */
    RedisLease(
            RedisRegistry registry,
            JoinRequest request,
            String token,
            String state,
            long deadline,
            Consumer<Cause> whenLost,
            BooleanSupplier onItsOwn) {
        this.registry = registry;
        this.request = request;
        this.token = token;
        this.fence = Node.fenceOf(token);
        this.state = state;
        this.deadline = deadline;
        this.whenLost = whenLost;
        this.onItsOwn = onItsOwn;
    }

    String streamId() {
        return request.stream().streamId();
    }

    JoinRequest request() {
        return request;
    }

    String token() {
        return token;
    }

    String fence() {
        return fence;
    }

    /** In which the stream's record is while this node has it. */
    String state() {
        return state;
    }

    /** Whether it was neither given back nor lost. */
    boolean isKept() {
        return !over && !lost;
    }

    void restoring() {
        restored.set(true);
    }

    boolean wasRestored() {
        return restored.get() && restored.getAndSet(false);
    }

    void renewedUntil(long time) {
        deadline = time;
    }

    /** Another node has the stream. */
    void lose() {
        if (!over && !lost) {
            lost = true;
            whenLost.accept(TAKEN);
        }
    }

    @Override
    public boolean mayConnect() {
        return isKept() && System.nanoTime() - deadline < 0;
    }

    @Override
    public boolean mayDeliver() {
        return over || lost || System.nanoTime() - deadline < 0 || onItsOwn.getAsBoolean();
    }

    @Override
    public boolean isLost() {
        return lost;
    }

    @Override
    public void moved(List<String> serverUrls) {
        request = request.toBuilder().serverUrls(serverUrls).build();
        registry.moved(this);
    }

    @Override
    public void end(Cause cause) {
        if (isKept()) {
            over = true;
            registry.release(this, RedisRegistry.ENDED, cause.name());
        }
    }

    @Override
    public void handOver() {
        if (isKept()) {
            over = true;
            registry.release(this, "", "");
        }
    }
}
