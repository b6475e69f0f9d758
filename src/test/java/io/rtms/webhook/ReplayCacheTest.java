package io.rtms.webhook;

import static io.rtms.webhook.ReplayCache.Verdict.REFUSED;
import static io.rtms.webhook.ReplayCache.Verdict.REPLAYED;
import static io.rtms.webhook.ReplayCache.Verdict.TAKEN;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class ReplayCacheTest {
    private static final String FIRST = signature("first");
    private static final String SECOND = signature("second");

    private Instant now = Instant.EPOCH;
    private final ReplayCache cache = cache(1000);

    @Test
    void takesASignatureOnce() {
        assertEquals(TAKEN, cache.once("default", FIRST, () -> true));
        assertEquals(REPLAYED, cache.once("default", FIRST, () -> true));
        assertEquals(TAKEN, cache.once("default", SECOND, () -> true));
        assertEquals(REPLAYED, cache.once("default", SECOND, ReplayCacheTest::unexpected));
    }

    @Test
    void whatWasRefusedIsWelcomeAgain() {
        assertEquals(REFUSED, cache.once("default", FIRST, () -> false));
        assertEquals(REFUSED, cache.once("default", FIRST, () -> false));
        assertEquals(TAKEN, cache.once("default", FIRST, () -> true));
        assertEquals(REPLAYED, cache.once("default", FIRST, () -> true));
    }

    @Test
    void appsAreApart() {
        assertEquals(TAKEN, cache.once("default", FIRST, () -> true));
        assertEquals(TAKEN, cache.once("sales", FIRST, () -> true));
        assertEquals(REPLAYED, cache.once("sales", FIRST, () -> true));
    }

    /** A timestamp may be 5 minutes in the future, so its signature can be good for 10 minutes from now. */
    @Test
    void remembersAsLongAsASignatureCanBeGood() {
        cache.once("default", FIRST, () -> true);
        now = now.plus(Duration.ofMinutes(10));
        assertEquals(REPLAYED, cache.once("default", FIRST, () -> true));
        now = now.plusSeconds(1);
        assertEquals(TAKEN, cache.once("default", SECOND, () -> true));
        assertEquals(1, cache.size(), "the first is forgotten");
    }

    @Test
    void remembersABoundedNumberTheLatest() {
        ReplayCache small = cache(3);
        for (int i = 0; i < 5; i++) {
            small.once("default", signature("s" + i), () -> true);
        }
        assertEquals(3, small.size());
        assertEquals(REPLAYED, small.once("default", signature("s2"), () -> true));
        assertEquals(TAKEN, small.once("default", signature("s1"), () -> true));
    }

    @Test
    void canBeTurnedOff() {
        ReplayCache off = cache(0);
        assertEquals(TAKEN, off.once("default", FIRST, () -> true));
        assertEquals(TAKEN, off.once("default", FIRST, () -> true));
        assertEquals(0, off.size());
    }

    @Test
    void ofManyAtOnceOneIsTaken() throws InterruptedException {
        AtomicInteger takenBy = new AtomicInteger();
        CountDownLatch go = new CountDownLatch(1);
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 100; i++) {
                threads.execute(() -> {
                    awaitStart(go);
                    cache.once("default", FIRST, () -> takenBy.incrementAndGet() > 0);
                });
            }
            go.countDown();
            threads.shutdown();
            assertTrue(threads.awaitTermination(20, TimeUnit.SECONDS));
        }
        assertEquals(1, takenBy.get());
    }

    private static void awaitStart(CountDownLatch go) {
        try {
            go.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static boolean unexpected() {
        throw new AssertionError("it was taken already");
    }

    private static String signature(String message) {
        return "v0=" + ZoomSignature.hmac("secret", message);
    }

    private ReplayCache cache(int most) {
        WebhookConfig config = new SmallRyeConfigBuilder()
                .addDiscoveredConverters()
                .withSources(new PropertiesConfigSource(
                        Map.of("rtms.webhook.replay-cache", String.valueOf(most)), "given", 300))
                .withMapping(WebhookConfig.class)
                .build()
                .getConfigMapping(WebhookConfig.class);
        return new ReplayCache(config, () -> now);
    }
}
