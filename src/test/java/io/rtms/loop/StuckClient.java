package io.rtms.loop;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** A client that holds its loop up: it does not return from the first frame until it is told to. */
public final class StuckClient implements AutoCloseable {
    private static final long PATIENCE_SECONDS = 30;

    private final CountDownLatch entered = new CountDownLatch(1);
    private final CountDownLatch goOn = new CountDownLatch(1);
    private final LoopSeat seat;

    /** Takes a place on a loop, and waits until the loop is stuck. */
    public StuckClient(EventLoop loop) throws InterruptedException {
        seat = loop.add(frame -> {
            entered.countDown();
            awaitQuietly(goOn);
        });
        failToConnect(seat);
        if (!entered.await(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
            throw new AssertionError("no frame came");
        }
    }

    /** Soon there will be a DISCONNECTED frame. */
    static void failToConnect(LoopSeat seat) {
        seat.stream()
                .identity("s", "meeting_uuid", "m")
                .credentials("client", "secret")
                .serverUrls("ws://127.0.0.1:1/")
                .join();
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Lets the loop go on. */
    @Override
    public void close() {
        goOn.countDown();
        seat.leave();
    }
}
