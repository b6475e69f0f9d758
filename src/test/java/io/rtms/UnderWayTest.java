package io.rtms;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class UnderWayTest {
    private static final Duration LONG = Duration.ofSeconds(20);

    @Test
    void oneMoreThanThereIsRoomForWaits() throws InterruptedException {
        UnderWay underWay = new UnderWay(2, Long.MAX_VALUE);
        underWay.begin(1);
        underWay.begin(1);
        Thread third = waiting(() -> underWay.begin(1));
        underWay.end(1);
        assertTrue(third.join(LONG));
    }

    @Test
    void whatIsTooHeavyTogetherWaits() throws InterruptedException {
        UnderWay underWay = new UnderWay(100, 10);
        underWay.begin(6);
        underWay.begin(4);
        Thread third = waiting(() -> underWay.begin(5));
        underWay.end(4);
        underWay.end(6);
        assertTrue(third.join(LONG));
    }

    @Test
    void whatIsHeavierThanTheBoundGoesAlone() throws InterruptedException {
        UnderWay underWay = new UnderWay(100, 10);
        underWay.begin(1);
        Thread heavy = waiting(() -> underWay.begin(1000));
        underWay.end(1);
        assertTrue(heavy.join(LONG));
        Thread light = waiting(() -> underWay.begin(1));
        underWay.end(1000);
        assertTrue(light.join(LONG));
    }

    /** Only an observer can have interrupted the stream's thread. */
    @Test
    void anInterruptionLetsNobodyThroughAndIsNotLost() throws InterruptedException {
        UnderWay underWay = new UnderWay(1, Long.MAX_VALUE);
        underWay.begin(0);
        Thread second = waiting(() -> {
            underWay.begin(0);
            assertTrue(Thread.currentThread().isInterrupted());
        });
        second.interrupt();
        assertFalse(second.join(Duration.ofMillis(100)));
        underWay.end(0);
        assertTrue(second.join(LONG));
        assertFalse(underWay.awaitNone(Duration.ofMillis(1)), "the second one went on to take its place");
    }

    @Test
    void itsEndIsWaitedFor() throws InterruptedException {
        UnderWay underWay = new UnderWay(10, Long.MAX_VALUE);
        assertTrue(underWay.awaitNone(Duration.ZERO));
        underWay.begin(1);
        assertFalse(underWay.awaitNone(Duration.ofMillis(1)));
        Thread waits = waiting(underWay::awaitNone);
        underWay.end(1);
        assertTrue(waits.join(LONG));
    }

    @Test
    void somethingHasToBeLetThrough() {
        assertThrows(IllegalArgumentException.class, () -> new UnderWay(0, 1));
    }

    /** A thread that does this and has come to wait in it. */
    private static Thread waiting(Runnable task) {
        Thread thread = Thread.ofPlatform().daemon().start(task);
        while (thread.getState() != Thread.State.WAITING) {
            if (!thread.isAlive()) {
                throw new AssertionError("it did not wait");
            }
            Thread.onSpinWait();
        }
        return thread;
    }
}
