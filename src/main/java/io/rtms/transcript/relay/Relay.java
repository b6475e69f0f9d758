package io.rtms.transcript.relay;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.rtms.ServiceDraining;
import io.rtms.ServiceStarting;
import io.rtms.StreamTraces;
import io.rtms.transcript.TranscriptLogs;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.Reception;
import jakarta.inject.Singleton;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.jboss.logging.Logger;

/** The clients of the relay, whatever they are connected by: how many there may be, how far they are behind, and their end. Any thread. */
@Singleton
public class Relay {
    private static final Logger LOG = Logger.getLogger(Relay.class);
    private static final String STOPS = "the service stops";
    private static final long FAREWELL_SECONDS = 2;

    private final TranscriptLogs logs;
    private final RelayConfig config;
    private final Set<TranscriptReader> readers = ConcurrentHashMap.newKeySet();
    private final AtomicInteger connections = new AtomicInteger();
    private final AtomicBoolean draining = new AtomicBoolean();
    private final Progress progress;

    Relay(TranscriptLogs logs, RelayConfig config, MeterRegistry metrics, StreamTraces traces) {
        this.logs = logs;
        this.config = config;
        this.progress = new Watched(metrics.counter("rtms.relay.sent"), traces);
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
        TranscriptReader reader = new TranscriptReader(id, logs, config, sink, progress);
        readers.add(reader);
        return Optional.of(reader);
    }

    /** Runs a reader until its client is gone, on the caller's thread. */
    void run(TranscriptReader reader) {
        try {
            if (draining.get()) {
                reader.close(CloseCode.RESTART, STOPS);
            }
            reader.run();
        } finally {
            readers.remove(reader);
            connections.decrementAndGet();
        }
    }

    /**
     * Sends every client away with close code 1012, so that it comes back to another node or to this one after its restart, and takes no new
     * ones. Returns when their sockets have taken the farewell, or after a short while.
     */
    public void drain() {
        draining.set(true);
        CompletableFuture<?>[] farewells = readers.stream()
                .map(reader -> reader.close(CloseCode.RESTART, STOPS))
                .toArray(CompletableFuture<?>[]::new);
        try {
            CompletableFuture.allOf(farewells).get(FAREWELL_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException e) {
            LOG.debug("Some clients were gone before they could be told", e);
        }
    }

    /** Before the first reader: transcripts of before the restart are read in. */
    void onStarting(@Observes ServiceStarting event) {}

    /** By the time of {@code ShutdownEvent} the server has closed its sockets already, with code 1000. */
    void onDraining(@Observes(notifyObserver = Reception.IF_EXISTS) ServiceDraining event) {
        drain();
    }

    /** What is counted and traced of readers. */
    private record Watched(Counter messages, StreamTraces traces) implements Progress {
        @Override
        public void sent(int count) {
            messages.increment(count);
        }

        @Override
        public void firstLine(String streamId) {
            traces.relayed(streamId);
        }
    }

    private double lag() {
        return readers.stream().mapToLong(TranscriptReader::lag).max().orElse(0);
    }
}
