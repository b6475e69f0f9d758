package io.rtms.transcript;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.rtms.event.TranscriptDeleted;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jboss.logging.Logger;

/**
 * Tells of transcripts that were deleted: in the log, in metrics, and to whoever observes it, one after the other on a thread of its own. Observers
 * may take their time to keep a proof: nothing else waits for them. Safe for any thread.
 */
final class Deletions implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger(Deletions.class);

    private static final long FAREWELL_SECONDS = 2;

    private final MeterRegistry metrics;
    private final Consumer<TranscriptDeleted> observers;
    private final ExecutorService thread = Executors.newSingleThreadExecutor(
            Thread.ofVirtual().name("rtms-transcripts-deleted").factory());

    Deletions(MeterRegistry metrics, Consumer<TranscriptDeleted> observers) {
        this.metrics = metrics;
        this.observers = observers;
        for (TranscriptDeleted.Why why : TranscriptDeleted.Why.values()) {
            counter(why);
        }
    }

    void tell(TranscriptDeleted deleted) {
        LOG.infof(
                "Transcript of stream %s deleted (%s): %d entries, %d bytes",
                deleted.streamId(), deleted.why().label(), deleted.entries(), deleted.bytes());
        counter(deleted.why()).increment();
        try {
            thread.execute(() -> observe(deleted));
        } catch (RejectedExecutionException e) {
            observe(deleted); // the service stops, and this is the last that it does
        }
    }

    /** Waits for observers to take in what they have not been told of yet, for a while. */
    @Override
    public void close() {
        thread.shutdown();
        try {
            if (!thread.awaitTermination(FAREWELL_SECONDS, TimeUnit.SECONDS)) {
                LOG.warn("Observers of deleted transcripts did not take in all deletions before the service stopped");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void observe(TranscriptDeleted deleted) {
        try {
            observers.accept(deleted);
        } catch (Throwable e) { // an error too is the observer's own affair
            failed(metrics, deleted, e);
        }
    }

    /** Logs and counts what an observer has thrown. */
    static void failed(MeterRegistry metrics, TranscriptDeleted deleted, Throwable failure) {
        metrics.counter("rtms.observer.errors", "event", "TranscriptDeleted").increment();
        LOG.errorf(failure, "An observer of the deletion of transcript %s failed", deleted.streamId());
    }

    private Counter counter(TranscriptDeleted.Why why) {
        return Counter.builder("rtms.transcripts.deleted")
                .description("Transcripts that were deleted")
                .tag("cause", why.label())
                .register(metrics);
    }
}
