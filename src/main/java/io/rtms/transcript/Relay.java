package io.rtms.transcript;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.Startup;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/** The clients of the relay, whatever they are connected by: how many there may be, how far they are behind, and their end. Any thread. */
@Startup
@Singleton
public class Relay {
    private final TranscriptLogs logs;
    private final RelayConfig config;
    private final Set<TranscriptReader> readers = ConcurrentHashMap.newKeySet();
    private final AtomicInteger connections = new AtomicInteger();
    private final AtomicBoolean draining = new AtomicBoolean();
    private final Counter sent;

    Relay(TranscriptLogs logs, RelayConfig config, MeterRegistry metrics) {
        this.logs = logs;
        this.config = config;
        this.sent = metrics.counter("rtms.relay.sent");
        metrics.gauge("rtms.relay.connections", connections);
        metrics.gauge("rtms.relay.lag.entries", this, Relay::lag);
    }

    /**
     * Makes a reader for a new client, unless there are too many. It ends with {@link #run}.
     *
     * @param id the connection's id
     */
    Optional<TranscriptReader> admit(String id, MessageSink sink) {
        if (connections.incrementAndGet() > config.maxConnections()) {
            connections.decrementAndGet();
            return Optional.empty();
        }
        TranscriptReader reader = new TranscriptReader(id, logs, config, sink, sent::increment);
        readers.add(reader);
        return Optional.of(reader);
    }

    /** Runs a reader until its client is gone, on the caller's thread. */
    void run(TranscriptReader reader) {
        try {
            if (draining.get()) {
                reader.close(CloseCode.RESTART, "the service stops");
            }
            reader.run();
        } finally {
            readers.remove(reader);
            connections.decrementAndGet();
        }
    }

    /** Sends every client away with close code 1012, so that it comes back to another node or to this one after its restart. */
    public void drain() {
        draining.set(true);
        readers.forEach(reader -> reader.close(CloseCode.RESTART, "the service stops"));
    }

    void onShutdown(@Observes ShutdownEvent event) {
        drain();
    }

    private double lag() {
        return readers.stream().mapToLong(TranscriptReader::lag).max().orElse(0);
    }
}
