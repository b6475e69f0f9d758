package io.rtms.ops;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.rtms.RtmsManager;
import io.rtms.ServiceStarting;
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

    void register(@Observes ServiceStarting event) {
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
        Gauge.builder("rtms.keepalive.age", this::longestSilence)
                .baseUnit("seconds")
                .description(
                        "How long that socket had brought nothing, not even a keep-alive, which had been silent longest; looked at every five seconds")
                .register(metrics);
        for (EventLoop loop : manager.pool().loops()) {
            Gauge.builder("rtms.loop.streams", loop, EventLoop::clientCount)
                    .description("Streams on this loop")
                    .tag("loop", loop.name())
                    .register(metrics);
            Gauge.builder("rtms.ring.fill.ratio", loop, EventLoop::ringFillRatio)
                    .description(
                            "How much of the frame ring waited to be read, at the most, in the last five to ten seconds")
                    .tag("loop", loop.name())
                    .register(metrics);
            FunctionCounter.builder("rtms.worker.restarts", loop, EventLoop::restarts)
                    .description("How often this loop's process was started again after a crash")
                    .tag("loop", loop.name())
                    .register(metrics);
        }
    }

    private double longestSilence() {
        return manager.pool().loops().stream()
                        .mapToLong(loop -> loop.silence().toMillis())
                        .max()
                        .orElse(0)
                / 1000.0;
    }

    private long count(String app, StreamState state) {
        return manager.streams().stream()
                .filter(stream -> stream.state() == state && stream.app().equals(app))
                .count();
    }
}
