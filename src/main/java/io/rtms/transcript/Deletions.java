package io.rtms.transcript;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.rtms.event.TranscriptDeleted;
import java.util.function.Consumer;
import org.jboss.logging.Logger;

/** Tells of transcripts that were deleted: in the log, in metrics, and to whoever observes it. Safe for any thread. */
final class Deletions {
    private static final Logger LOG = Logger.getLogger(Deletions.class);

    private final MeterRegistry metrics;
    private final Consumer<TranscriptDeleted> observers;

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
            observers.accept(deleted);
        } catch (RuntimeException e) {
            metrics.counter("rtms.observer.errors", "event", "TranscriptDeleted")
                    .increment();
            LOG.errorf(e, "An observer of the deletion of transcript %s failed", deleted.streamId());
        }
    }

    private Counter counter(TranscriptDeleted.Why why) {
        return Counter.builder("rtms.transcripts.deleted")
                .description("Transcripts that were deleted")
                .tag("cause", why.label())
                .register(metrics);
    }
}
