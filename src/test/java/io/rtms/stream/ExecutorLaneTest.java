package io.rtms.stream;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.rtms.event.AudioData;
import io.rtms.event.Cause;
import io.rtms.event.Metadata;
import io.rtms.event.Product;
import io.rtms.event.RtmsEvent;
import io.rtms.event.StreamLeft;
import io.rtms.event.StreamRef;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What waits for a callback on an executor is bounded. */
@Timeout(30)
class ExecutorLaneTest {
    private static final StreamRef STREAM = new StreamRef("s", Product.MEETING, "m");
    private static final int CAPACITY = 8;

    private final CountDownLatch go = new CountDownLatch(1);
    private final Queue<RtmsEvent> delivered = new ConcurrentLinkedQueue<>();
    private final AtomicInteger put = new AtomicInteger();

    @Test
    void theStreamWaitsWhenTheQueueIsFullAndNothingIsLost() throws InterruptedException {
        try (ExecutorService executor = Executors.newSingleThreadExecutor()) {
            ExecutorLane lane = lane(executor);
            Thread stream = Thread.ofVirtual().start(() -> fill(lane, 100));
            await().atMost(Duration.ofSeconds(10)).until(() -> stream.getState() == Thread.State.WAITING);
            assertTrue(
                    put.get() <= CAPACITY + 1, "the callback holds one, and the queue " + CAPACITY + ": " + put.get());
            go.countDown();
            stream.join();
            await().atMost(Duration.ofSeconds(10)).until(() -> delivered.size() == 100);
        }
    }

    @Test
    void closingWakesTheStreamAndDropsWhatWaits() throws InterruptedException {
        try (ExecutorService executor = Executors.newSingleThreadExecutor()) {
            ExecutorLane lane = lane(executor);
            Thread stream = Thread.ofVirtual().start(() -> fill(lane, 100));
            await().atMost(Duration.ofSeconds(10)).until(() -> stream.getState() == Thread.State.WAITING);
            lane.close();
            assertTrue(stream.join(Duration.ofSeconds(10)));
            go.countDown();
        }
        assertEquals(1, delivered.size());
    }

    @ParameterizedTest
    @ValueSource(classes = {InternalError.class, IllegalStateException.class, RejectedExecutionException.class})
    void anExecutorThatThrowsLosesItsEventsAndNotTheStream(Class<? extends Throwable> kind) throws Exception {
        Throwable thrown = kind.getConstructor(String.class).newInstance("unable to create native thread");
        List<Throwable> failures = new ArrayList<>();
        ExecutorLane lane = new ExecutorLane(
                AudioData.class,
                task -> sneak(thrown),
                CAPACITY,
                delivered::add,
                (event, failure) -> failures.add(failure));
        fill(lane, 2 * CAPACITY);
        lane.put(new StreamLeft(STREAM, Cause.NONE, 0));
        assertEquals(2 * CAPACITY, put.get());
        assertEquals(List.of(thrown), failures, "it is said once");
        assertTrue(lane.ended().isDone());
    }

    @SuppressWarnings("unchecked")
    private static <T extends Throwable> void sneak(Throwable thrown) throws T {
        throw (T) thrown;
    }

    private ExecutorLane lane(ExecutorService executor) {
        return new ExecutorLane(
                AudioData.class,
                executor,
                CAPACITY,
                event -> {
                    awaitGo();
                    delivered.add(event);
                },
                (event, failure) -> {});
    }

    private void fill(Lane lane, int count) {
        try {
            for (int i = 0; i < count; i++) {
                lane.put(new AudioData(STREAM, Metadata.NONE, new byte[0], i, 0));
                put.incrementAndGet();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void awaitGo() {
        try {
            go.await(20, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
