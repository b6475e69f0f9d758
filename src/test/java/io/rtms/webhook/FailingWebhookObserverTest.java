package io.rtms.webhook;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.test.junit.QuarkusTest;
import io.rtms.RecordedEvents;
import io.rtms.Turns;
import io.rtms.event.WebhookReceived;
import io.rtms.simulator.PlayOptions;
import io.rtms.simulator.SimulatedMeeting;
import io.rtms.simulator.Simulator;
import io.rtms.stream.Apps;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever an observer of webhooks does, those that come after are acted on. */
@QuarkusTest
class FailingWebhookObserverTest {
    private static final int LINES = 3;

    @Inject
    Simulator simulator;

    @Inject
    RecordedEvents recorded;

    @Inject
    Apps apps;

    @Inject
    MeterRegistry metrics;

    @Inject
    Troublesome troublesome;

    @ParameterizedTest
    @ValueSource(strings = {"trouble.exception", "trouble.error", "trouble.interrupt"})
    void theNextWebhooksAreActedOn(String event) throws InterruptedException {
        post(event);
        await().atMost(Duration.ofSeconds(10)).until(() -> event.equals(troublesome.last));
        SimulatedMeeting meeting =
                simulator.play(Turns.script(LINES), PlayOptions.defaults().withSpeed(20));
        assertTrue(meeting.awaitEnd(Duration.ofSeconds(30)).isPresent());
        await().atMost(Duration.ofSeconds(10)).until(() -> recorded.isOver(meeting.streamId()));
        assertEquals(LINES, recorded.lines(meeting.streamId()).size());
    }

    @Test
    void whatItThrowsIsCounted() {
        double before = errors();
        post("trouble.error");
        await().atMost(Duration.ofSeconds(10)).until(() -> errors() > before);
    }

    private double errors() {
        return metrics.counter("rtms.observer.errors", "event", "WebhookReceived")
                .count();
    }

    private void post(String event) {
        String body = "{\"event\":\"%s\",\"event_ts\":%d,\"payload\":{}}".formatted(event, System.nanoTime());
        ZoomSignature.post("/webhook", apps.defaultApp().webhookSecrets().getFirst(), body)
                .statusCode(204);
    }

    /** Fails in the way that the event's name says. */
    @Singleton
    static class Troublesome {
        volatile String last = "";

        void onWebhook(@Observes WebhookReceived webhook) {
            if (!webhook.event().startsWith("trouble.")) {
                return;
            }
            last = webhook.event();
            switch (webhook.event()) {
                case "trouble.exception" -> throw new IllegalStateException("on purpose");
                case "trouble.error" -> throw new NoClassDefFoundError("on purpose");
                default -> Thread.currentThread().interrupt();
            }
        }
    }
}
