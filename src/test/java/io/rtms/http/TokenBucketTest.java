package io.rtms.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class TokenBucketTest {
    private final AtomicLong clock = new AtomicLong(Long.MAX_VALUE - 1000); // a clock that is about to wrap around
    private final TokenBucket bucket = new TokenBucket(3, Duration.ofSeconds(10), clock::get);

    @Test
    void letsABurstThroughAndThenOneForEachInterval() {
        takeAll(3);
        assertEquals(Duration.ofSeconds(10), bucket.take());
        pass(4);
        assertEquals(Duration.ofSeconds(6), bucket.take());
        pass(6);
        takeAll(1);
        assertEquals(Duration.ofSeconds(10), bucket.take());
    }

    @Test
    void isFullAgainAfterAWhileAndNeverMoreThanFull() {
        takeAll(3);
        pass(3600);
        takeAll(3);
        assertEquals(Duration.ofSeconds(10), bucket.take());
    }

    @Test
    void refusesWhatIsNoBucket() {
        Duration second = Duration.ofSeconds(1);
        assertThrows(IllegalArgumentException.class, () -> new TokenBucket(0, second));
        Duration negative = second.negated();
        assertThrows(IllegalArgumentException.class, () -> new TokenBucket(1, negative));
    }

    private void takeAll(int count) {
        for (int i = 0; i < count; i++) {
            assertEquals(Duration.ZERO, bucket.take());
        }
    }

    private void pass(int seconds) {
        clock.addAndGet(Duration.ofSeconds(seconds).toNanos());
    }
}
