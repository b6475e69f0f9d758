package io.rtms.ops;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.StartupEvent;
import io.rtms.RtmsManager;
import io.rtms.event.StreamState;
import io.rtms.loop.EventLoop;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

/** Gauges over what the manager knows. */
@ApplicationScoped
public class StreamMetrics {
    private final RtmsManager manager;
    private final MeterRegistry metrics;

    StreamMetrics(RtmsManager manager, MeterRegistry metrics) {
        this.manager = manager;
        this.metrics = metrics;
    }

    void register(@Observes StartupEvent event) {
        for (StreamState state : StreamState.values()) {
            Gauge.builder("rtms.streams", () -> count(state))
                    .description("Streams in this state; ended and failed ones while they are remembered")
                    .tag("state", state.label())
                    .register(metrics);
        }
        for (EventLoop loop : manager.pool().loops()) {
            Gauge.builder("rtms.loop.streams", loop, EventLoop::clientCount)
                    .description("Streams on this loop")
                    .tag("loop", loop.name())
                    .register(metrics);
            Gauge.builder("rtms.ring.fill.ratio", loop, EventLoop::ringFillRatio)
                    .description("How much of the frame ring waited when it was read last")
                    .tag("loop", loop.name())
                    .register(metrics);
        }
    }

    private long count(StreamState state) {
        return manager.streams().stream()
                .filter(stream -> stream.state() == state)
                .count();
    }
}
