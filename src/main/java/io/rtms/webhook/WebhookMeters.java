package io.rtms.webhook;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.rtms.stream.Apps;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Locale;

/**
 * Counts webhooks. What an alert waits for is there with 0 from the start: Prometheus sees no increase in a counter that comes with its first event.
 */
@Singleton
class WebhookMeters {
    private final MeterRegistry metrics;
    private final Timer answers;
    private final Counter failures;

    WebhookMeters(MeterRegistry metrics, Apps apps) {
        this.metrics = metrics;
        this.answers = metrics.timer("rtms.webhook");
        this.failures = metrics.counter("rtms.webhook.failures");
        apps.names().forEach(this::signatureFailures);
    }

    /** A webhook for this app was answered. */
    void answered(String app, Outcome outcome, Duration took) {
        answers.record(took);
        if (outcome.result() == Outcome.Result.UNAUTHORIZED) {
            signatureFailures(app).increment();
        }
    }

    /** The answer to a request is on its way. */
    void count(String app, Outcome outcome) {
        metrics.counter(
                        "rtms.webhooks",
                        "event",
                        outcome.event(),
                        "result",
                        outcome.result().label(),
                        "app",
                        app)
                .increment();
    }

    /** An accepted webhook says nothing new. */
    void ignored(String app, History.Verdict verdict) {
        metrics.counter("rtms.webhooks.ignored", "verdict", verdict.name().toLowerCase(Locale.ROOT), "app", app)
                .increment();
    }

    /** Acting on an accepted webhook failed. */
    void failed() {
        failures.increment();
    }

    /** An observer of webhooks threw. */
    void observerFailed() {
        metrics.counter("rtms.observer.errors", "event", "WebhookReceived").increment();
    }

    private Counter signatureFailures(String app) {
        return metrics.counter("rtms.signature.failures", "app", app);
    }
}
