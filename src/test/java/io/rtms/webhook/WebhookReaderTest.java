package io.rtms.webhook;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.rtms.event.Product;
import io.rtms.event.StopReason;
import io.rtms.event.StreamRef;
import io.rtms.stream.AllowedServers;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WebhookReaderTest {
    private final WebhookReader reader = new WebhookReader(new AllowedServers(List.of("*.zoom.us", "10.0.0.7"), false));

    @ParameterizedTest
    @CsvSource({
        "meeting.rtms_started, meeting_uuid, MEETING",
        "webinar.rtms_started, webinar_uuid, WEBINAR",
        "webinar.rtms_started, meeting_uuid, WEBINAR",
        "session.rtms_started, session_id, VIDEO_SDK",
        "contact_center.voice_rtms_started, engagement_id, CONTACT_CENTER",
        "phone.rtms_started, call_id, PHONE"
    })
    void readsTheStartOfAStreamOfEveryProduct(String event, String idKey, Product product) throws Exception {
        String payload =
                "{\"%s\":\"aB+/9w==\",\"rtms_stream_id\":\"s1\",\"server_urls\":\"wss://rtms-sjc1.zoom.us:443\"}"
                        .formatted(idKey);
        for (String form : List.of(payload, "{\"object\":" + payload + "}")) {
            Webhook.StreamStarted started = assertInstanceOf(Webhook.StreamStarted.class, read(event, form));
            assertEquals(new StreamRef("s1", product, "aB+/9w=="), started.stream());
            assertEquals(List.of("wss://rtms-sjc1.zoom.us:443"), started.serverUrls());
            assertEquals(1700000000123L, started.timestamp());
        }
    }

    @Test
    void readsStopAndInterruption() throws Exception {
        Webhook.StreamStopped stopped = assertInstanceOf(
                Webhook.StreamStopped.class,
                read("meeting.rtms_stopped", "{\"rtms_stream_id\":\"s1\",\"stop_reason\":8}"));
        assertEquals(StopReason.STREAM_REVOKED, stopped.reason());
        Webhook.StreamInterrupted interrupted = assertInstanceOf(
                Webhook.StreamInterrupted.class, read("meeting.rtms_interrupted", "{\"rtms_stream_id\":\"s1\"}"));
        assertEquals(List.of(), interrupted.serverUrls());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "meeting.rtms_%s",
                "webinar.rtms_%s",
                "session.rtms_%s",
                "contact_center.voice_rtms_%s",
                "phone.rtms_%s"
            })
    void readsStopAndInterruptionOfEveryProduct(String event) throws Exception {
        String payload = "{\"rtms_stream_id\":\"s1\",\"stop_reason\":6,\"server_urls\":\"wss://b.zoom.us\"}";
        for (String form : List.of(payload, "{\"object\":" + payload + "}")) {
            Webhook.StreamStopped stopped =
                    assertInstanceOf(Webhook.StreamStopped.class, read(event.formatted("stopped"), form));
            assertEquals(StopReason.MEETING_ENDED, stopped.reason());
            Webhook.StreamInterrupted interrupted =
                    assertInstanceOf(Webhook.StreamInterrupted.class, read(event.formatted("interrupted"), form));
            assertEquals(List.of("wss://b.zoom.us"), interrupted.serverUrls());
        }
    }

    @Test
    void passesOnWhatItDoesNotKnow() throws Exception {
        assertInstanceOf(Webhook.Other.class, read("rtms.concurrency_near_limit", "{\"percentage\":90}"));
        assertInstanceOf(Webhook.Other.class, read("meeting.ended", "{}"));
        assertInstanceOf(Webhook.Other.class, read("rtms_started", "{}"));
        assertInstanceOf(Webhook.Other.class, read("meeting.voice_rtms_started", "{}"));
        assertInstanceOf(Webhook.Other.class, read("contactcenter.rtms_started", "{}"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"rtms_stream_id\":\"s\",\"server_urls\":\"wss://a.zoom.us\"} | payload.meeting_uuid",
                "{\"meeting_uuid\":\"m\",\"server_urls\":\"wss://a.zoom.us\"} | payload.rtms_stream_id",
                "{\"meeting_uuid\":7,\"rtms_stream_id\":\"s\",\"server_urls\":\"wss://a.zoom.us\"} | payload.meeting_uuid",
                "{\"meeting_uuid\":\"m\",\"rtms_stream_id\":\"s\"} | payload.server_urls",
                "{\"meeting_uuid\":\"m\",\"rtms_stream_id\":\"s\",\"server_urls\":7} | payload.server_urls"
            })
    void namesTheFieldThatIsMissing(String payload, String field) {
        InvalidWebhookException e =
                assertThrows(InvalidWebhookException.class, () -> read("meeting.rtms_started", payload));
        assertTrue(e.getMessage().startsWith(field), e.getMessage());
    }

    /** Ids stand in log lines: none may begin a line of its own, or move the cursor of whoever reads them. */
    @ParameterizedTest
    @ValueSource(strings = {"\\u0000", "\\n", "\\r", "\\t", "\\u001b[2J", "\\u007f", "\\u0085", "\\u2028", "\\u2029"})
    void refusesControlCharactersInIds(String escaped) {
        String payload = "{\"meeting_uuid\":\"%s\",\"rtms_stream_id\":\"%s\",\"server_urls\":\"wss://a.zoom.us\"}";
        String forged = "s" + escaped + "2030-01-01 00:00:00 INFO all is well";
        for (String event : List.of("meeting.rtms_started", "meeting.rtms_stopped", "meeting.rtms_interrupted")) {
            String message = assertThrows(
                            InvalidWebhookException.class, () -> read(event, payload.formatted("m", forged)))
                    .getMessage();
            assertEquals("payload.rtms_stream_id has a control character", message);
        }
        assertEquals(
                "payload.meeting_uuid has a control character",
                assertThrows(
                                InvalidWebhookException.class,
                                () -> read("meeting.rtms_started", payload.formatted(forged, "s")))
                        .getMessage());
        assertEquals(
                "event has a control character",
                assertThrows(InvalidWebhookException.class, () -> read(forged, "{}"))
                        .getMessage());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "[]",
                "7",
                "{",
                "{\"event\":7}",
                "{\"event\":\"meeting.rtms_started\"}",
                "{\"event\":\"meeting.rtms_started\",\"payload\":{}}",
                "{\"event\":\"meeting.rtms_started\",\"event_ts\":\"7\",\"payload\":{}}",
                "{\"event\":\"meeting.rtms_started\",\"event_ts\":1.5,\"payload\":{}}",
                "{\"event\":\"meeting.rtms_started\",\"event_ts\":99999999999999999999,\"payload\":{}}",
                "{\"event\":\"a\",\"event_ts\":1,\"payload\":[]}",
                "{\"event\":\"a\",\"event_ts\":1,\"payload\":{}} {}",
                "{\"event\":\"endpoint.url_validation\",\"payload\":{\"plainToken\":7}}"
            })
    void refusesWhatIsNoWebhook(String body) {
        assertThrows(InvalidWebhookException.class, () -> reader.read(body.getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    void refusesDeepNesting() {
        String deep = "{\"event\":\"a\",\"event_ts\":1,\"payload\":" + "{\"x\":".repeat(40) + "1" + "}".repeat(41);
        assertThrows(InvalidWebhookException.class, () -> reader.read(deep.getBytes(StandardCharsets.UTF_8)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "wss://evil.example/",
                "wss://zoom.us.evil.example/",
                "wss://evilzoom.us/",
                "wss://a.zoom.us@evil.example/",
                "wss://user:pass@a.zoom.us/",
                "wss://127.0.0.1:9",
                "wss://10.0.0.8",
                "wss://a.zoom.us,wss://evil.example",
                "ws://a.zoom.us",
                "https://a.zoom.us",
                "wss://",
                "wss:a.zoom.us",
                "not a url",
                " , ,"
            })
    void refusesServersThatMustNotBeDialled(String urls) {
        InvalidWebhookException e = assertThrows(InvalidWebhookException.class, () -> started(urls));
        assertTrue(e.getMessage().startsWith("payload.server_urls"), e.getMessage());
    }

    @Test
    void takesTheWebSocketServersOfAListInOrder() throws Exception {
        assertEquals(
                List.of("wss://a.zoom.us:443", "wss://10.0.0.7/x?y=z"),
                started("srt://a.zoom.us:9, wss://a.zoom.us:443 ,wss://10.0.0.7/x?y=z")
                        .serverUrls());
    }

    @Test
    void theSimulatorsLoopbackIsAllowedOnlyWhileItRuns() throws Exception {
        WebhookReader simulated = new WebhookReader(new AllowedServers(List.of("*.zoom.us"), true));
        byte[] body = body("meeting.rtms_started", startedPayload("ws://127.0.0.1:4711/signaling"));
        Webhook.StreamStarted started = assertInstanceOf(Webhook.StreamStarted.class, simulated.read(body));
        assertEquals(List.of("ws://127.0.0.1:4711/signaling"), started.serverUrls());
        assertThrows(InvalidWebhookException.class, () -> reader.read(body));
    }

    private Webhook.StreamStarted started(String urls) throws InvalidWebhookException {
        return (Webhook.StreamStarted) read("meeting.rtms_started", startedPayload(urls));
    }

    private static String startedPayload(String urls) {
        return "{\"meeting_uuid\":\"m\",\"rtms_stream_id\":\"s\",\"server_urls\":\"%s\"}".formatted(urls);
    }

    private Webhook read(String event, String payload) throws InvalidWebhookException {
        return reader.read(body(event, payload));
    }

    private static byte[] body(String event, String payload) {
        return "{\"event\":\"%s\",\"event_ts\":1700000000123,\"payload\":%s}"
                .formatted(event, payload)
                .getBytes(StandardCharsets.UTF_8);
    }
}
