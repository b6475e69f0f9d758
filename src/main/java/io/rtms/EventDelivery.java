package io.rtms;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.rtms.event.FramesDropped;
import io.rtms.event.MediaData;
import io.rtms.event.Passive;
import io.rtms.event.ReconnectAttempted;
import io.rtms.event.RtmsEvent;
import io.rtms.event.StreamJoined;
import io.rtms.event.StreamState;
import io.rtms.event.StreamStateChanged;
import io.rtms.media.MediaType;
import jakarta.enterprise.event.Event;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jboss.logging.Logger;

/**
 * Fires a stream's events at CDI observers, passive ones included, on the stream's thread, and counts them. An observer that throws ends the delivery of that one
 * event and is logged and counted; the stream goes on.
 */
@Singleton
class EventDelivery {
    private static final Logger LOG = Logger.getLogger(EventDelivery.class);

    private final Event<RtmsEvent> observers;
    private final Map<MediaType, Medium> media = new EnumMap<>(MediaType.class);
    private final MeterRegistry metrics;

    EventDelivery(@Passive Event<RtmsEvent> observers, MeterRegistry metrics) {
        this.observers = observers;
        this.metrics = metrics;
        for (MediaType type : MediaType.values()) {
            media.put(type, new Medium(metrics, type));
        }
    }

    void deliver(RtmsEvent event) {
        count(event);
        try {
            observers.fire(event);
        } catch (Throwable e) { // an error too is the observer's own affair, and must not end the stream's thread
            failed("an observer", event, e);
        }
    }

    /** Delivers to CDI observers first, then there. */
    Consumer<RtmsEvent> andThen(Consumer<RtmsEvent> callbacks) {
        return event -> {
            deliver(event);
            callbacks.accept(event);
        };
    }

    /**
     * Logs and counts what an observer or a callback has thrown.
     *
     * @param who which of the two
     */
    void failed(String who, RtmsEvent event, Throwable failure) {
        String kind = event.getClass().getSimpleName();
        metrics.counter("rtms.observer.errors", "event", kind).increment();
        LOG.errorf(failure, "Stream %s: %s of %s failed", event.stream().streamId(), who, kind);
    }

    private void count(RtmsEvent event) {
        switch (event) {
            case MediaData data -> media.get(data.type()).count(data.size(), data.arrivalNanos());
            case StreamJoined joined ->
                metrics.counter("rtms.joins", "result", "joined").increment();
            case StreamStateChanged changed
            when changed.state() == StreamState.FAILED ->
                metrics.counter("rtms.joins", "result", "failed").increment();
            case ReconnectAttempted attempted ->
                metrics.counter(
                                "rtms.reconnects",
                                "scenario",
                                attempted.scenario().label(),
                                "result",
                                attempted.succeeded() ? "resumed" : "failed")
                        .increment();
            case FramesDropped dropped ->
                metrics.counter(
                                "rtms.frames.dropped",
                                "kind",
                                dropped.type().label(),
                                "cause",
                                dropped.cause().label())
                        .increment(dropped.count());
            default -> {}
        }
    }

    /** The meters of one medium. */
    private static final class Medium {
        private final Counter frames;
        private final Counter bytes;
        private final Timer latency;

        Medium(MeterRegistry metrics, MediaType type) {
            frames = metrics.counter("rtms.frames", "kind", type.label());
            bytes = metrics.counter("rtms.media.bytes", "kind", type.label());
            latency = Timer.builder("rtms.frame.latency")
                    .description("Arrival at the socket to observer")
                    .tag("kind", type.label())
                    .serviceLevelObjectives(
                            Duration.ofNanos(100_000),
                            Duration.ofNanos(250_000),
                            Duration.ofMillis(1),
                            Duration.ofMillis(5),
                            Duration.ofMillis(25),
                            Duration.ofMillis(100),
                            Duration.ofSeconds(1))
                    .register(metrics);
        }

        void count(int size, long arrivalNanos) {
            frames.increment();
            bytes.increment(size);
            latency.record(System.nanoTime() - arrivalNanos, TimeUnit.NANOSECONDS);
        }
    }
}
