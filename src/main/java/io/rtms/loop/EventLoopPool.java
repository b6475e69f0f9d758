package io.rtms.loop;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.IntStream;

/** Several event loops, each with an OS thread of its own, over which clients are spread. Every method may be called from any thread. */
public final class EventLoopPool {
    private final List<EventLoop> loops;
    private final RoutingStrategy strategy;
    private long turn;

    /**
     * @param threads how many loops; 0 is one for each two processors: delivering what a loop reads takes a second one
     * @param strategy which loop takes the next client
     */
    public EventLoopPool(int threads, RoutingStrategy strategy, LoopSettings settings) {
        int count = threads > 0 ? threads : Math.max(1, Runtime.getRuntime().availableProcessors() / 2);
        this.strategy = strategy;
        this.loops = IntStream.range(0, count)
                .mapToObj(number -> new EventLoop("rtms-loop-" + number, settings))
                .toList();
    }

    /** Gives a client a place on the loop that the strategy picks; the place tells which. */
    public synchronized LoopSeat add(LoopClient client) {
        return strategy.pick(loops, turn++).add(client);
    }

    /** Starts all loops. Returns this pool. */
    public EventLoopPool start() {
        loops.forEach(EventLoop::start);
        return this;
    }

    /**
     * Starts all loops and blocks the calling thread until they have ended: after {@link #stop()}, or without clients.
     *
     * @param stopOnEmpty end as soon as no client has a place on any of them
     */
    public void run(boolean stopOnEmpty) throws InterruptedException {
        runAsync(stopOnEmpty);
        for (EventLoop loop : loops) {
            loop.run(false);
        }
    }

    /**
     * Starts all loops; the stage completes when they have ended: after {@link #stop()}, or without clients.
     *
     * @param stopOnEmpty end as soon as no client has a place on any of them
     */
    public CompletionStage<Void> runAsync(boolean stopOnEmpty) {
        if (stopOnEmpty) {
            loops.forEach(loop -> loop.whenRemoved(this::stopWhenEmpty));
        }
        CompletableFuture<?>[] ends = loops.stream()
                .map(loop -> loop.runAsync(false).toCompletableFuture())
                .toArray(CompletableFuture<?>[]::new);
        if (stopOnEmpty) {
            stopWhenEmpty();
        }
        return CompletableFuture.allOf(ends);
    }

    private void stopWhenEmpty() {
        if (clientCount() == 0) {
            stop();
        }
    }

    /** Stops all loops. Returns at once. */
    public void stop() {
        loops.forEach(EventLoop::stop);
    }

    /**
     * Waits until all loops have ended.
     *
     * @return false where the time was not enough
     */
    public boolean join(Duration timeout) throws InterruptedException {
        long deadline = System.nanoTime() + timeout.toNanos();
        boolean ended = true;
        for (EventLoop loop : loops) {
            ended &= loop.join(Duration.ofNanos(Math.max(1, deadline - System.nanoTime())));
        }
        return ended;
    }

    /** The loops. */
    public List<EventLoop> loops() {
        return loops;
    }

    /** Clients on all loops. */
    public int clientCount() {
        return loops.stream().mapToInt(EventLoop::clientCount).sum();
    }

    /** How clients are spread. */
    public RoutingStrategy strategy() {
        return strategy;
    }
}
