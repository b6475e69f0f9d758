package io.rtms;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.rtms.event.FramesDropped;
import io.rtms.event.MediaData;
import io.rtms.event.ReconnectAttempted;
import io.rtms.event.RtmsEvent;
import io.rtms.event.StreamJoined;
import io.rtms.event.StreamState;
import io.rtms.event.StreamStateChanged;
import io.rtms.media.MediaType;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Counts the events that are delivered. Its labels have a value for each medium, scenario, cause or class of events, and no others. */
@Singleton
class StreamMeters {
    private final MeterRegistry metrics;
    private final Map<MediaType, Medium> media = new EnumMap<>(MediaType.class);
    private final Timer joins;

    StreamMeters(MeterRegistry metrics) {
        this.metrics = metrics;
        for (MediaType type : MediaType.values()) {
            media.put(type, new Medium(metrics, type));
        }
        this.joins = Timer.builder("rtms.join")
                .description("From the wish to join a stream to the moment in which its media flow, for the first time")
                .serviceLevelObjectives(
                        Duration.ofMillis(100),
                        Duration.ofMillis(500),
                        Duration.ofSeconds(1),
                        Duration.ofSeconds(3),
                        Duration.ofSeconds(10),
                        Duration.ofSeconds(60))
                .register(metrics);
    }

    void count(RtmsEvent event) {
        switch (event) {
            case MediaData data -> media.get(data.type()).count(data.size(), data.arrivalNanos());
            case StreamJoined joined -> joins("joined");
            case StreamStateChanged changed when changed.state() == StreamState.FAILED -> joins("failed");
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

    /** A stream's media flow for the first time. */
    void firstJoin(Duration sinceAsked) {
        joins.record(sinceAsked);
    }

    void observerFailed(RtmsEvent event) {
        metrics.counter("rtms.observer.errors", "event", event.getClass().getSimpleName())
                .increment();
    }

    private void joins(String result) {
        metrics.counter("rtms.joins", "result", result).increment();
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
