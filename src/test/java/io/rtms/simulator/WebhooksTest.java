package io.rtms.simulator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.rtms.event.Product;
import io.rtms.event.StopReason;
import io.rtms.simulator.script.MeetingScript;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WebhooksTest {
    private static final MeetingScript SCRIPT =
            MeetingScript.parse("short", "WEBVTT\n\n00:00.000 --> 00:05.000\n<v Ana>Hello.</v>\n");

    private record Hook(String body, String timestamp, String signature) {
        JsonNode json() {
            return Messages.parse(body).orElseThrow();
        }
    }

    private final BlockingQueue<Hook> hooks = new LinkedBlockingQueue<>();
    private final ConcurrentLinkedQueue<Integer> answers = new ConcurrentLinkedQueue<>();
    private volatile String secret = "token";
    private HttpServer service;

    @BeforeEach
    void listen() throws IOException {
        service = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        service.createContext("/hook", this::answer);
        service.start();
    }

    @AfterEach
    void stop() {
        service.stop(0);
    }

    @Test
    void challengesThenAnnouncesThenStops() throws Exception {
        try (SimulatedZoom zoom = zoom("join-timeout", "200MS")) {
            SimulatedMeeting meeting = zoom.simulator().play(SCRIPT, PlayOptions.defaults());
            JsonNode challenge = next().json();
            assertEquals("endpoint.url_validation", challenge.path("event").asText());
            JsonNode started = next().json();
            assertEquals("meeting.rtms_started", started.path("event").asText());
            assertTrue(started.path("event_ts").asLong() > 1_700_000_000_000L);
            assertEquals(
                    meeting.meetingUuid(),
                    started.path("payload").path("meeting_uuid").asText());
            assertEquals(
                    meeting.streamId(),
                    started.path("payload").path("rtms_stream_id").asText());
            assertEquals(
                    meeting.signalingUrl(),
                    started.path("payload").path("server_urls").asText());
            assertFalse(started.path("payload").path("operator_id").asText().isEmpty());
            assertEquals(Optional.of(StopReason.CONNECTION_TIMEOUT), meeting.awaitEnd(Client.PATIENCE));
            JsonNode stopped = next().json();
            assertEquals("meeting.rtms_stopped", stopped.path("event").asText());
            assertEquals(11, stopped.path("payload").path("stop_reason").asInt());
            assertEquals(
                    meeting.streamId(),
                    stopped.path("payload").path("rtms_stream_id").asText());
        }
    }

    @Test
    void signsTheBytesThatItSends() throws Exception {
        try (SimulatedZoom zoom = zoom()) {
            zoom.simulator().play(SCRIPT, PlayOptions.defaults());
            for (int i = 0; i < 2; i++) {
                Hook hook = next();
                long age = System.currentTimeMillis() / 1000 - Long.parseLong(hook.timestamp());
                assertTrue(age >= 0 && age < 30, "the timestamp is in seconds");
                byte[] body = hook.body().getBytes(StandardCharsets.UTF_8);
                assertEquals(Signature.ofWebhook("token", hook.timestamp(), body), hook.signature());
            }
        }
    }

    @Test
    void sendsTheSameWebhookAgainUntilItIsAccepted() throws Exception {
        answers.addAll(List.of(200, 503, 401, 204));
        try (SimulatedZoom zoom = zoom()) {
            zoom.simulator().play(SCRIPT, PlayOptions.defaults());
            next();
            String first = next().body();
            assertEquals(first, next().body());
            assertEquals(first, next().body());
        }
    }

    @Test
    void givesUpAfterTheLastRetryAndWaitsAllTheSame() throws Exception {
        answers.addAll(List.of(404, 404, 404, 404, 500, 500, 500, 500));
        try (SimulatedZoom zoom = zoom("join-timeout", "100MS")) {
            SimulatedMeeting meeting = zoom.simulator().play(SCRIPT, PlayOptions.defaults());
            assertEquals(Optional.of(StopReason.CONNECTION_TIMEOUT), meeting.awaitEnd(Client.PATIENCE));
            assertEquals(9, hooks.size());
        }
    }

    @ParameterizedTest
    @CsvSource({"token, true", "another, false"})
    void checksTheAnswerToTheChallenge(String secretOfTheService, boolean right) throws Exception {
        secret = secretOfTheService;
        SimulatorConfig settings = SimulatedZoom.config("webhook-url", url());
        WebhookTarget target = new WebhookTarget(settings, "/webhook");
        try (Webhooks webhooks = new Webhooks(settings, target::url, "token")) {
            assertEquals(right, webhooks.validate());
        }
    }

    @Test
    void tellsWhenSignalingIsLost() throws Exception {
        try (SimulatedZoom zoom = zoom()) {
            SimulatedMeeting meeting = zoom.simulator().play(SCRIPT, PlayOptions.defaults());
            next();
            next();
            try (Client signaling = zoom.signaling(meeting)) {
                assertTrue(meeting.dropSignaling());
                JsonNode interrupted = next().json();
                assertEquals(
                        "meeting.rtms_interrupted", interrupted.path("event").asText());
                assertEquals(
                        meeting.streamId(),
                        interrupted.path("payload").path("rtms_stream_id").asText());
            }
        }
    }

    @ParameterizedTest
    @CsvSource({
        "MEETING, meeting.rtms_, meeting_uuid",
        "WEBINAR, webinar.rtms_, webinar_uuid",
        "VIDEO_SDK, session.rtms_, session_id",
        "CONTACT_CENTER, contact_center.voice_rtms_, engagement_id",
        "PHONE, phone.rtms_, call_id"
    })
    void everyProductHasItsNamesFromTheFirstWebhookToTheLast(Product product, String prefix, String idKey)
            throws Exception {
        try (SimulatedZoom zoom = zoom()) {
            SimulatedMeeting meeting =
                    zoom.simulator().play(SCRIPT, PlayOptions.defaults().withProduct(product));
            next();
            assertHook(prefix + "started", idKey, meeting, next());
            try (Client signaling = zoom.signaling(meeting)) {
                assertTrue(meeting.dropSignaling());
                assertHook(prefix + "interrupted", idKey, meeting, next());
            }
            try (Client signaling = zoom.signaling(meeting)) {
                meeting.stop(StopReason.USER_TRIGGERED);
                Hook stopped = next();
                assertHook(prefix + "stopped", idKey, meeting, stopped);
                assertEquals(
                        2, stopped.json().path("payload").path("stop_reason").asInt());
            }
        }
    }

    @Test
    void webinarsCanBeNamedLikeMeetings() throws Exception {
        try (SimulatedZoom zoom = zoom()) {
            PlayOptions options =
                    PlayOptions.defaults().withProduct(Product.WEBINAR).withDeviations(Deviation.WEBINAR_AS_MEETING);
            SimulatedMeeting meeting = zoom.simulator().play(SCRIPT, options);
            next();
            assertHook("webinar.rtms_started", "meeting_uuid", meeting, next());
        }
    }

    private static void assertHook(String event, String idKey, SimulatedMeeting meeting, Hook hook) {
        JsonNode payload = hook.json().path("payload");
        assertEquals(event, hook.json().path("event").asText());
        assertEquals(meeting.meetingUuid(), payload.path(idKey).asText());
        assertEquals(meeting.streamId(), payload.path("rtms_stream_id").asText());
    }

    @Test
    void nestsThePayloadWhereThatIsAskedFor() throws Exception {
        try (SimulatedZoom zoom = zoom("nested-payload", "true")) {
            SimulatedMeeting meeting = zoom.simulator().play(SCRIPT, PlayOptions.defaults());
            next();
            JsonNode payload = next().json().path("payload");
            assertEquals(
                    meeting.streamId(),
                    payload.path("object").path("rtms_stream_id").asText());
            assertFalse(payload.has("rtms_stream_id"));
        }
    }

    private SimulatedZoom zoom(String... settings) {
        String[] all = java.util.Arrays.copyOf(settings, settings.length + 2);
        all[settings.length] = "webhook-url";
        all[settings.length + 1] = url();
        return new SimulatedZoom(all);
    }

    private String url() {
        return "http://127.0.0.1:" + service.getAddress().getPort() + "/hook";
    }

    private Hook next() throws InterruptedException {
        Hook hook = hooks.poll(Client.PATIENCE.toSeconds(), TimeUnit.SECONDS);
        assertNotNull(hook, "no webhook came");
        return hook;
    }

    private void answer(HttpExchange exchange) throws IOException {
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        Hook hook = new Hook(
                body,
                exchange.getRequestHeaders().getFirst("x-zm-request-timestamp"),
                exchange.getRequestHeaders().getFirst("x-zm-signature"));
        hooks.add(hook);
        Integer status = answers.poll();
        String plain = hook.json().path("payload").path("plainToken").asText();
        ObjectNode reply =
                Messages.object().put("plainToken", plain).put("encryptedToken", Signature.ofChallenge(secret, plain));
        byte[] bytes = reply.toString().getBytes(StandardCharsets.UTF_8);
        int code = status != null ? status : plain.isEmpty() ? 204 : 200;
        exchange.sendResponseHeaders(code, code == 204 ? -1 : bytes.length);
        if (code != 204) {
            exchange.getResponseBody().write(bytes);
        }
        exchange.close();
    }
}
