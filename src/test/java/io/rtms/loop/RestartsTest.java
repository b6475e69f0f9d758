package io.rtms.loop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RestartsTest {
    private final Restarts restarts = new Restarts();

    @Test
    void aFewAreAtOnceThenPausesDoubleToHalfAMinute() {
        long now = System.nanoTime();
        List<Long> pauses = IntStream.range(0, 12)
                .mapToObj(i -> restarts.next(now).toMillis())
                .toList();
        assertEquals(List.of(0L, 0L, 0L, 500L, 1000L, 2000L, 4000L, 8000L, 16_000L, 30_000L, 30_000L, 30_000L), pauses);
    }

    @Test
    void aProcessThatHasLastedIsStartedAtOnceAgain() {
        long now = System.nanoTime();
        IntStream.range(0, 8).forEach(i -> restarts.next(now));
        restarts.started();
        assertEquals(
                Duration.ZERO,
                restarts.next(System.nanoTime() + Duration.ofSeconds(11).toNanos()));
        assertEquals(1, restarts.count());
    }

    @Test
    void aStopEndsThePause() throws InterruptedException {
        long now = System.nanoTime();
        IntStream.range(0, 12).forEach(i -> restarts.next(now));
        Thread.ofVirtual().start(restarts::stop);
        assertFalse(restarts.pause());
    }

    @Test
    void withoutAStopTheNextMayCome() throws InterruptedException {
        assertTrue(restarts.pause());
    }
}
