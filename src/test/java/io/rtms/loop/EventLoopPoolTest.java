package io.rtms.loop;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.rtms.sdk.FrameKind;
import io.rtms.sdk.NativeError;
import io.rtms.sdk.NativeException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Loops over the native library, without a server on the other side. */
class EventLoopPoolTest {
    private static final LoopSettings SETTINGS = new LoopSettings(65_536, "", true);
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final List<EventLoopPool> pools = new ArrayList<>();

    @AfterEach
    void stop() throws InterruptedException {
        for (EventLoopPool pool : pools) {
            pool.stop();
            assertTrue(pool.join(PATIENCE), "every loop has ended");
        }
    }

    @Test
    void leastLoadedSpreadsABurstThatComesBeforeTheStart() {
        EventLoopPool pool = pool(4, RoutingStrategy.LEAST_LOADED);
        for (int i = 0; i < 100; i++) {
            pool.add(frame -> {});
        }
        assertEquals(List.of(25, 25, 25, 25), counts(pool));
        assertEquals(100, pool.clientCount());
    }

    @Test
    void leastLoadedFillsTheLoopThatWasLeft() {
        EventLoopPool pool = pool(2, RoutingStrategy.LEAST_LOADED).start();
        LoopSeat first = pool.add(frame -> {});
        pool.add(frame -> {});
        first.leave();
        assertEquals(List.of(0, 1), counts(pool));
        assertEquals(first.loop(), pool.add(frame -> {}).loop());
    }

    @Test
    void roundRobinGoesRoundWhateverIsLeft() {
        EventLoopPool pool = pool(3, RoutingStrategy.ROUND_ROBIN).start();
        for (int i = 0; i < 4; i++) {
            pool.add(frame -> {}).leave();
        }
        assertEquals(pool.loops().get(1), pool.add(frame -> {}).loop());
        assertEquals(1, pool.clientCount());
    }

    @Test
    void runBlocksUntilThePoolIsStopped() throws InterruptedException {
        EventLoopPool pool = pool(2, RoutingStrategy.LEAST_LOADED);
        CountDownLatch running = new CountDownLatch(1);
        Thread runner = Thread.ofVirtual().start(() -> {
            running.countDown();
            run(pool, false);
        });
        assertTrue(running.await(PATIENCE.toSeconds(), TimeUnit.SECONDS));
        assertFalse(runner.join(Duration.ofMillis(100)), "nobody has stopped it");
        pool.stop();
        assertTrue(runner.join(PATIENCE));
    }

    @Test
    void runMayEndWithTheLastClient() throws InterruptedException {
        EventLoopPool pool = pool(2, RoutingStrategy.ROUND_ROBIN);
        LoopSeat first = pool.add(frame -> {});
        LoopSeat second = pool.add(frame -> {});
        Thread runner = Thread.ofVirtual().start(() -> run(pool, true));
        first.leave();
        assertFalse(runner.join(Duration.ofMillis(100)), "one is left");
        second.leave();
        assertTrue(runner.join(PATIENCE));
    }

    private static void run(EventLoopPool pool, boolean stopOnEmpty) {
        try {
            pool.run(stopOnEmpty);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void zeroThreadsIsOneForEachTwoProcessors() {
        assertEquals(
                Math.max(1, Runtime.getRuntime().availableProcessors() / 2),
                pool(0, RoutingStrategy.ROUND_ROBIN).loops().size());
    }

    @Test
    void aClientGetsTheFramesOfItsOwnStreamOnly() throws InterruptedException {
        EventLoopPool pool = pool(1, RoutingStrategy.LEAST_LOADED).start();
        LinkedBlockingQueue<FrameKind> mine = new LinkedBlockingQueue<>();
        LinkedBlockingQueue<FrameKind> others = new LinkedBlockingQueue<>();
        pool.add(frame -> others.add(frame.kind()));
        LoopSeat seat = pool.add(frame -> mine.add(frame.kind()));
        seat.stream()
                .identity("s", "meeting_uuid", "m")
                .credentials("client", "secret")
                .serverUrls("ws://127.0.0.1:1/")
                .join();
        assertEquals(FrameKind.DISCONNECTED, mine.poll(10, TimeUnit.SECONDS));
        assertTrue(others.isEmpty());
    }

    @Test
    void aClientThatFailsDoesNotEndTheLoop() throws InterruptedException {
        EventLoopPool pool = pool(1, RoutingStrategy.LEAST_LOADED).start();
        LoopSeat failing = pool.add(frame -> {
            throw new IllegalStateException("on purpose");
        });
        LinkedBlockingQueue<FrameKind> frames = new LinkedBlockingQueue<>();
        LoopSeat good = pool.add(frame -> frames.add(frame.kind()));
        StuckClient.failToConnect(failing);
        StuckClient.failToConnect(good);
        assertEquals(FrameKind.DISCONNECTED, frames.poll(10, TimeUnit.SECONDS));
        assertTrue(pool.loops().getFirst().isRunning());
    }

    @Test
    void aJoinWithoutItsOptionsIsRefusedAtTheDoor() {
        LoopSeat seat = pool(1, RoutingStrategy.LEAST_LOADED).start().add(frame -> {});
        NativeException e =
                assertThrows(NativeException.class, () -> seat.stream().join());
        assertEquals(NativeError.INVALID_ARGUMENT, e.error());
        assertFalse(seat.stream().leave(), "nothing runs");
    }

    @Test
    void aStoppedLoopTakesNobodyAndEnds() throws InterruptedException {
        EventLoop loop = new EventLoop("lonely", SETTINGS).start();
        assertEquals("lonely", loop.name());
        loop.stop();
        assertTrue(loop.join(PATIENCE));
        assertFalse(loop.isRunning());
        assertThrows(IllegalStateException.class, () -> loop.add(frame -> {}));
    }

    @Test
    void aLoopThatWasNeverStartedEndsToo() throws InterruptedException {
        EventLoop loop = new EventLoop("unborn", SETTINGS);
        assertFalse(loop.join(Duration.ofMillis(1)));
        loop.stop();
        assertTrue(loop.join(PATIENCE));
    }

    @Test
    void anAuthorityFileThatIsNoneIsRefused() {
        LoopSettings settings = new LoopSettings(65_536, "no-such-file.pem", true);
        assertThrows(NativeException.class, () -> new EventLoop("untrusting", settings));
    }

    @Test
    void aLoopWhoseClientDoesNotReturnGivesNoSignOfLifeUntilItDoes() throws InterruptedException {
        EventLoopPool pool = pool(1, RoutingStrategy.LEAST_LOADED).start();
        EventLoop loop = pool.loops().getFirst();
        loop.watch();
        await().until(() -> loop.pulseAwaited().isZero());
        try (StuckClient _ = new StuckClient(loop)) {
            loop.watch();
            await().until(() -> loop.pulseAwaited().toMillis() > 100);
        }
        await().until(() -> loop.pulseAwaited().isZero());
    }

    private EventLoopPool pool(int threads, RoutingStrategy strategy) {
        EventLoopPool pool = new EventLoopPool(threads, strategy, SETTINGS);
        pools.add(pool);
        return pool;
    }

    private static List<Integer> counts(EventLoopPool pool) {
        return pool.loops().stream().map(EventLoop::clientCount).toList();
    }
}
