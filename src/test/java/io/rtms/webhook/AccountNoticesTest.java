package io.rtms.webhook;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.test.junit.QuarkusTest;
import io.rtms.LogLines;
import io.rtms.RtmsManager;
import io.rtms.stream.Apps;
import jakarta.inject.Inject;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What Zoom says about the account is told to the operator, and starts nothing. */
@QuarkusTest
class AccountNoticesTest {
    @Inject
    RtmsManager manager;

    @Inject
    ReceivedWebhooks received;

    @Inject
    MeterRegistry metrics;

    @Inject
    Apps apps;

    private final LogLines log = new LogLines();
    private final String marker = UUID.randomUUID().toString();

    @BeforeEach
    void listen() {
        log.begin();
    }

    @AfterEach
    void listenNoMore() {
        log.end();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "rtms.concurrency_near_limit | 'concurrency_limit':2000,'concurrency_number':1700,'percentage':85 | 1700 of 2000 streams run at once, 85 % of the limit. Zoom starts none above it.",
                "rtms.concurrency_near_limit | 'percentage':'many' | an unknown number of an unknown number streams run at once, an unknown number % of the limit. Zoom starts none above it.",
                "rtms.concurrency_limited | 'operator_id':'u1','concurrency_number':2000,'webinar_uuid':'aB+/9w==' | Zoom started no stream for webinar_uuid aB+/9w==, asked for by user u1: 2000 run at once, and that is the limit.",
                "rtms.concurrency_limited | 'concurrency_number':2000,'id_field':'aB' | Zoom started no stream for aB: 2000 run at once, and that is the limit.",
                "rtms.start_failed | 'object':{'meeting_uuid':'aB','error_code':13,'reason':'no\\nhost'} | Zoom could not start a stream for meeting_uuid aB: 13, no?host.",
                "rtms.start_failed | 'x':1 | Zoom could not start a stream."
            })
    void becomeOneWarningInWords(String event, String payload, String sentence) {
        int streams = manager.streams().size();
        double before = counted(event);
        String body = "{'event':'%s','event_ts':1,'payload':{'marker':'%s',%s}}"
                .formatted(event, marker, payload)
                .replace('\'', '"');
        ZoomSignature.post("/webhook", apps.defaultApp().webhookSecrets().getFirst(), body)
                .statusCode(204);
        await().until(() -> !received.with("marker", marker).isEmpty());
        await().until(() -> !log.with(sentence).isEmpty());
        assertEquals(
                "WARN io.rtms.webhook.AccountNotices App default: " + sentence,
                log.with("AccountNotices").getFirst());
        assertEquals(1, log.with("AccountNotices").size());
        assertEquals(streams, manager.streams().size());
        assertEquals(before + 1, counted(event));
    }

    @Test
    void othersAreNone() {
        assertTrue(AccountNotices.isNotice("rtms.start_failed"));
        assertFalse(AccountNotices.isNotice("rtms.concurrency"));
    }

    private double counted(String event) {
        return metrics.counter("rtms.webhooks", "event", event, "result", "accepted", "app", "default")
                .count();
    }
}
