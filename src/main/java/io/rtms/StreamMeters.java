package io.rtms;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.rtms.event.DropCause;
import io.rtms.event.FramesDropped;
import io.rtms.event.MediaData;
import io.rtms.event.ReconnectAttempted;
import io.rtms.event.ReconnectScenario;
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

/**
 * Counts the events that are delivered. Its labels have a value for each medium, scenario, cause or class of events, and no others. What an alert waits
 * for is there with 0 from the start: Prometheus sees no increase in a counter that comes with its first event.
 */
@Singleton
class StreamMeters {
    private final MeterRegistry metrics;
    private final Map<MediaType, Medium> media = new EnumMap<>(MediaType.class);
    private final Timer joins;
    private final Counter joined;
    private final Counter failed;

    StreamMeters(MeterRegistry metrics) {
        this.metrics = metrics;
        for (MediaType type : MediaType.values()) {
            media.put(type, new Medium(metrics, type));
            for (DropCause cause : DropCause.values()) {
                dropped(type, cause);
            }
        }
        for (ReconnectScenario scenario : ReconnectScenario.values()) {
            reconnects(scenario, true);
            reconnects(scenario, false);
        }
        this.joined = metrics.counter("rtms.joins", "result", "joined");
        this.failed = metrics.counter("rtms.joins", "result", "failed");
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
            case StreamJoined _ -> joined.increment();
            case StreamStateChanged changed when changed.state() == StreamState.FAILED -> failed.increment();
            case ReconnectAttempted attempted ->
                reconnects(attempted.scenario(), attempted.succeeded()).increment();
            case FramesDropped missing ->
                dropped(missing.type(), missing.cause()).increment(missing.count());
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

    private Counter reconnects(ReconnectScenario scenario, boolean succeeded) {
        return metrics.counter(
                "rtms.reconnects", "scenario", scenario.label(), "result", succeeded ? "resumed" : "failed");
    }

    private Counter dropped(MediaType type, DropCause cause) {
        return metrics.counter("rtms.frames.dropped", "kind", type.label(), "cause", cause.label());
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
