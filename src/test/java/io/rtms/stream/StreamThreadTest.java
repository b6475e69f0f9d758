package io.rtms.stream;

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
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class StreamThreadTest {
    private static final StreamRef STREAM = new StreamRef("s", Product.MEETING, "m");

    private final ScheduledExecutorService timers = Executors.newSingleThreadScheduledExecutor();
    private final Queue<Class<?>> delivered = new ConcurrentLinkedQueue<>();

    @AfterEach
    void stop() {
        timers.shutdownNow();
    }

    @Test
    void goesOnToTheEndWhateverADeliveryThrows() throws InterruptedException {
        StreamThread thread = new StreamThread(
                STREAM, StreamSettings.defaults(), timers, this::deliverAndThrow, reading -> {}, note -> {});
        thread.start(Lease.ALONE);
        thread.put(new AudioData(STREAM, Metadata.NONE, new byte[0], 0, 0));
        thread.put(new StreamLeft(STREAM, Cause.NONE, 0));
        assertTrue(thread.awaitEnd(Duration.ofSeconds(20)));
        assertEquals(List.of(AudioData.class, StreamLeft.class), List.copyOf(delivered));
    }

    private void deliverAndThrow(RtmsEvent event) {
        delivered.add(event.getClass());
        throw new OutOfMemoryError("unable to create native thread");
    }
}
