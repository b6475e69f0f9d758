package io.rtms.simulator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.rtms.event.Product;
import io.rtms.event.StopReason;
import io.rtms.simulator.script.MeetingScript;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WebhooksTest {
    private static final MeetingScript SCRIPT =
            MeetingScript.parse("short", "WEBVTT\n\n00:00.000 --> 00:05.000\n<v Ana>Hello.</v>\n");

    private final HookServer service = new HookServer();

    @AfterEach
    void stop() {
        service.close();
    }

    @Test
    void challengesThenAnnouncesThenStops() throws Exception {
        try (SimulatedZoom zoom = service.zoom("join-timeout", "200MS")) {
            SimulatedMeeting meeting = zoom.simulator().play(SCRIPT, PlayOptions.defaults());
            JsonNode challenge = service.next().json();
            assertEquals("endpoint.url_validation", challenge.path("event").asText());
            JsonNode started = service.next().json();
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
            JsonNode stopped = service.next().json();
            assertEquals("meeting.rtms_stopped", stopped.path("event").asText());
            assertEquals(11, stopped.path("payload").path("stop_reason").asInt());
            assertEquals(
                    meeting.streamId(),
                    stopped.path("payload").path("rtms_stream_id").asText());
        }
    }

    @Test
    void signsTheBytesThatItSends() throws Exception {
        try (SimulatedZoom zoom = service.zoom()) {
            zoom.simulator().play(SCRIPT, PlayOptions.defaults());
            for (int i = 0; i < 2; i++) {
                HookServer.Hook hook = service.next();
                long age = System.currentTimeMillis() / 1000 - Long.parseLong(hook.timestamp());
                assertTrue(age >= 0 && age < 30, "the timestamp is in seconds");
                byte[] body = hook.body().getBytes(StandardCharsets.UTF_8);
                assertEquals(Signature.ofWebhook("token", hook.timestamp(), body), hook.signature());
            }
        }
    }

    @Test
    void sendsTheSameWebhookAgainUntilItIsAccepted() throws Exception {
        service.answers.addAll(List.of(200, 503, 401, 204));
        try (SimulatedZoom zoom = service.zoom()) {
            zoom.simulator().play(SCRIPT, PlayOptions.defaults());
            service.next();
            String first = service.next().body();
            assertEquals(first, service.next().body());
            assertEquals(first, service.next().body());
        }
    }

    @Test
    void givesUpAfterTheLastRetryAndWaitsAllTheSame() throws Exception {
        service.answers.addAll(List.of(404, 404, 404, 404, 500, 500, 500, 500));
        try (SimulatedZoom zoom = service.zoom("join-timeout", "100MS")) {
            SimulatedMeeting meeting = zoom.simulator().play(SCRIPT, PlayOptions.defaults());
            assertEquals(Optional.of(StopReason.CONNECTION_TIMEOUT), meeting.awaitEnd(Client.PATIENCE));
            assertEquals(9, service.hooks.size());
        }
    }

    @ParameterizedTest
    @CsvSource({"token, true", "another, false"})
    void checksTheAnswerToTheChallenge(String secretOfTheService, boolean right) throws Exception {
        service.secret = secretOfTheService;
        SimulatorConfig settings = SimulatedZoom.config("webhook-url", service.url());
        WebhookTarget target = new WebhookTarget(settings, "/webhook");
        try (Webhooks webhooks = new Webhooks(settings, target::url, "token")) {
            assertEquals(right, webhooks.validate());
        }
    }

    @Test
    void tellsWhenSignalingIsLost() throws Exception {
        try (SimulatedZoom zoom = service.zoom()) {
            SimulatedMeeting meeting = zoom.simulator().play(SCRIPT, PlayOptions.defaults());
            service.next();
            service.next();
            try (Client signaling = zoom.signaling(meeting)) {
                assertTrue(meeting.dropSignaling());
                JsonNode interrupted = service.next().json();
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
        try (SimulatedZoom zoom = service.zoom()) {
            SimulatedMeeting meeting =
                    zoom.simulator().play(SCRIPT, PlayOptions.defaults().withProduct(product));
            service.next();
            assertHook(prefix + "started", idKey, meeting, service.next());
            try (Client signaling = zoom.signaling(meeting)) {
                assertTrue(meeting.dropSignaling());
                assertHook(prefix + "interrupted", idKey, meeting, service.next());
            }
            try (Client signaling = zoom.signaling(meeting)) {
                meeting.stop(StopReason.USER_TRIGGERED);
                HookServer.Hook stopped = service.next();
                assertHook(prefix + "stopped", idKey, meeting, stopped);
                assertEquals(
                        2, stopped.json().path("payload").path("stop_reason").asInt());
            }
        }
    }

    @Test
    void webinarsCanBeNamedLikeMeetings() throws Exception {
        try (SimulatedZoom zoom = service.zoom()) {
            PlayOptions options =
                    PlayOptions.defaults().withProduct(Product.WEBINAR).withDeviations(Deviation.WEBINAR_AS_MEETING);
            SimulatedMeeting meeting = zoom.simulator().play(SCRIPT, options);
            service.next();
            assertHook("webinar.rtms_started", "meeting_uuid", meeting, service.next());
        }
    }

    private static void assertHook(String event, String idKey, SimulatedMeeting meeting, HookServer.Hook hook) {
        JsonNode payload = hook.json().path("payload");
        assertEquals(event, hook.json().path("event").asText());
        assertEquals(meeting.meetingUuid(), payload.path(idKey).asText());
        assertEquals(meeting.streamId(), payload.path("rtms_stream_id").asText());
    }

    @Test
    void nestsThePayloadWhereThatIsAskedFor() throws Exception {
        try (SimulatedZoom zoom = service.zoom("nested-payload", "true")) {
            SimulatedMeeting meeting = zoom.simulator().play(SCRIPT, PlayOptions.defaults());
            service.next();
            JsonNode payload = service.next().json().path("payload");
            assertEquals(
                    meeting.streamId(),
                    payload.path("object").path("rtms_stream_id").asText());
            assertFalse(payload.has("rtms_stream_id"));
        }
    }
}
