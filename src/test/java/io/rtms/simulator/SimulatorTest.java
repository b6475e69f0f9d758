package io.rtms.simulator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.rtms.event.StopReason;
import io.rtms.simulator.script.MeetingScript;
import io.rtms.stream.Apps;
import jakarta.inject.Inject;
import java.util.Optional;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

@QuarkusTest
class SimulatorTest {
    @Inject
    Simulator simulator;

    @Inject
    Apps apps;

    @Inject
    WebhookTarget target;

    @Test
    void theApplicationsOwnCredentialsOpenAMeeting() throws Exception {
        PlayOptions options = PlayOptions.defaults().withSpeed(500).withWebhooks(false);
        SimulatedMeeting meeting = simulator.play(MeetingScript.demo(), options);
        String signature = Signature.ofHandshake(
                apps.defaultApp().clientId().orElseThrow(),
                apps.defaultApp().clientSecret().orElseThrow(),
                meeting.meetingUuid(),
                meeting.streamId());
        try (Client signaling = Client.connect(simulator.signalingUrl());
                Client media = Client.connect(simulator.gatewayUrl())) {
            signaling.send(SimulatedZoom.signalingRequest(meeting).put("signature", signature));
            assertEquals(
                    0,
                    signaling
                            .expect(Messages.SIGNALING_HANDSHAKE_RESPONSE)
                            .path("status_code")
                            .asInt(-1));
            media.send(SimulatedZoom.mediaRequest(meeting, SimulatedZoom.MEDIA_TRANSCRIPT)
                    .put("signature", signature));
            assertEquals(
                    0,
                    media.expect(Messages.DATA_HANDSHAKE_RESPONSE)
                            .path("status_code")
                            .asInt(-1));
            signaling.send(SimulatedZoom.ready(meeting));
            assertEquals(Optional.of(StopReason.MEETING_ENDED), meeting.awaitEnd(Client.PATIENCE));
            assertEquals(meeting.script().cues().size(), meeting.transcriptsSent());
        }
    }

    @Test
    void configurationIsTakenOver() {
        PlayOptions options = simulator.configuredOptions();
        assertEquals(1.0, options.speed());
        assertTrue(options.loop());
        assertTrue(options.webhooks());
        assertEquals(Framing.TEXT, options.framing());
    }

    @Test
    void webhooksGoToThePortOnWhichTheServiceReallyListens() {
        Awaitility.await().until(() -> target.isListening());
        assertEquals(RestAssured.port, target.url().getPort());
        assertEquals("127.0.0.1", target.url().getHost());
        assertEquals("/webhook", target.url().getPath());
        RestAssured.given()
                .get("http://127.0.0.1:" + target.url().getPort() + "/q/health/live")
                .then()
                .statusCode(200);
    }
}
