package io.rtms.webhook;

import static io.rtms.webhook.History.Verdict.DUPLICATE;
import static io.rtms.webhook.History.Verdict.NEW;
import static io.rtms.webhook.History.Verdict.OUTDATED;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.rtms.event.Product;
import io.rtms.event.StopReason;
import io.rtms.event.StreamRef;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class WebhookHistoryTest {
    private final WebhookHistory history = new WebhookHistory(100);

    @Test
    void zoomsRetryIsADuplicate() {
        assertEquals(NEW, history.judge("default", started("s", 1, "wss://a")));
        assertEquals(DUPLICATE, history.judge("default", started("s", 1, "wss://a")));
        assertEquals(DUPLICATE, history.judge("default", started("s", 1, "wss://a")));
    }

    @Test
    void otherServersOrALaterTimeAreNews() {
        assertEquals(NEW, history.judge("default", started("s", 1, "wss://a")));
        assertEquals(NEW, history.judge("default", started("s", 1, "wss://b")));
        assertEquals(DUPLICATE, history.judge("default", started("s", 1, "wss://a")));
        assertEquals(NEW, history.judge("default", started("s", 2, "wss://a")));
    }

    @Test
    void aLateRetryDoesNotStartWhatWasStopped() {
        history.judge("default", started("s", 1, "wss://a"));
        assertEquals(NEW, history.judge("default", stopped("s", 5)));
        assertEquals(OUTDATED, history.judge("default", started("s", 1, "wss://a")));
        assertEquals(DUPLICATE, history.judge("default", stopped("s", 5)));
    }

    @Test
    void aStopOfTheSameMillisecondIsNews() {
        history.judge("default", started("s", 1, "wss://a"));
        assertEquals(NEW, history.judge("default", stopped("s", 1)));
    }

    @Test
    void anInterruptionDoesNotMakeTheStartOutdatedThatSaysWhereTheStreamHasGone() {
        history.judge("default", started("s", 1, "wss://a"));
        assertEquals(NEW, history.judge("default", interrupted("s", 5)));
        assertEquals(NEW, history.judge("default", started("s", 4, "wss://b")));
        assertEquals(DUPLICATE, history.judge("default", started("s", 4, "wss://b")));
        assertEquals(OUTDATED, history.judge("default", started("s", 1, "wss://a")));
        assertEquals(DUPLICATE, history.judge("default", interrupted("s", 5)));
    }

    @Test
    void anInterruptionOfBeforeAStartOrStopIsOutdated() {
        history.judge("default", started("s", 5, "wss://b"));
        assertEquals(OUTDATED, history.judge("default", interrupted("s", 4)));
        history.judge("default", stopped("s", 8));
        assertEquals(OUTDATED, history.judge("default", interrupted("s", 7)));
        assertEquals(NEW, history.judge("default", interrupted("s", 9)));
    }

    @Test
    void aStartOfBeforeAnInterruptionThatNamedServersIsOutdated() {
        assertEquals(NEW, history.judge("default", interrupted("s", 100, "wss://b")));
        assertEquals(OUTDATED, history.judge("default", started("s", 50, "wss://a")));
        assertEquals(NEW, history.judge("default", interrupted("s", 200)));
        assertEquals(NEW, history.judge("default", started("s", 150, "wss://c")));
    }

    @Test
    void aStopOfBeforeAnInterruptionThatNamedServersIsNews() {
        history.judge("default", interrupted("s", 100, "wss://b"));
        assertEquals(NEW, history.judge("default", stopped("s", 50)));
    }

    @Test
    void theEarliestTimeThereIsIsATimeLikeAnyOther() {
        assertEquals(NEW, history.judge("default", started("s", Long.MIN_VALUE, "wss://a")));
        assertEquals(DUPLICATE, history.judge("default", started("s", Long.MIN_VALUE, "wss://a")));
        assertEquals(NEW, history.judge("default", interrupted("s", Long.MIN_VALUE)));
    }

    @Test
    void streamsAreApart() {
        assertEquals(NEW, history.judge("default", started("s", 1, "wss://a")));
        assertEquals(NEW, history.judge("default", started("t", 1, "wss://a")));
    }

    @Test
    void appsAreApart() {
        history.judge("sales", started("s", 9, "wss://a"));
        assertEquals(NEW, history.judge("default", started("s", 1, "wss://a")));
    }

    @Test
    void remembersABoundedNumberOfStreams() {
        for (int i = 0; i < 101; i++) {
            history.judge("default", started("s" + i, 1, "wss://a"));
        }
        assertEquals(NEW, history.judge("default", started("s0", 1, "wss://a")));
        assertEquals(DUPLICATE, history.judge("default", started("s100", 1, "wss://a")));
    }

    private static Webhook.StreamStarted started(String stream, long timestamp, String url) {
        return new Webhook.StreamStarted(
                "meeting.rtms_started",
                timestamp,
                JsonNodeFactory.instance.objectNode(),
                new StreamRef(stream, Product.MEETING, "m"),
                List.of(url));
    }

    private static Webhook.StreamStopped stopped(String stream, long timestamp) {
        return new Webhook.StreamStopped(
                "meeting.rtms_stopped",
                timestamp,
                JsonNodeFactory.instance.objectNode(),
                stream,
                StopReason.MEETING_ENDED);
    }

    private static Webhook.StreamInterrupted interrupted(String stream, long timestamp, String... urls) {
        return new Webhook.StreamInterrupted(
                "meeting.rtms_interrupted",
                timestamp,
                JsonNodeFactory.instance.objectNode(),
                stream,
                Optional.empty(),
                List.of(urls));
    }
}
