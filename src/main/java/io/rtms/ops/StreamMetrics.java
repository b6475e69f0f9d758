package io.rtms.ops;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.StartupEvent;
import io.rtms.RtmsManager;
import io.rtms.event.StreamState;
import io.rtms.loop.EventLoop;
import io.rtms.stream.Apps;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

/** Gauges over what the manager knows. */
@ApplicationScoped
public class StreamMetrics {
    private final RtmsManager manager;
    private final Apps apps;
    private final MeterRegistry metrics;

    StreamMetrics(RtmsManager manager, Apps apps, MeterRegistry metrics) {
        this.manager = manager;
        this.apps = apps;
        this.metrics = metrics;
    }

    void register(@Observes StartupEvent event) {
        for (String app : apps.names()) {
            for (StreamState state : StreamState.values()) {
                Gauge.builder("rtms.streams", () -> count(app, state))
                        .description(
                                "Streams of this app in this state; ended and failed ones while they are remembered")
                        .tag("app", app)
                        .tag("state", state.label())
                        .register(metrics);
            }
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

    private long count(String app, StreamState state) {
        return manager.streams().stream()
                .filter(stream -> stream.state() == state && stream.app().equals(app))
                .count();
    }
}
