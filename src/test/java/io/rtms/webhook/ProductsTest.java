package io.rtms.webhook;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.junit.QuarkusTest;
import io.rtms.RecordedEvents;
import io.rtms.event.Product;
import io.rtms.event.StreamLeft;
import io.rtms.event.StreamRef;
import io.rtms.event.WebhookReceived;
import io.rtms.simulator.PlayOptions;
import io.rtms.simulator.SimulatedMeeting;
import io.rtms.simulator.Simulator;
import io.rtms.simulator.script.MeetingScript;
import io.rtms.stream.Apps;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Streams of all of Zoom's products, from webhook to webhook. */
@QuarkusTest
class ProductsTest {
    private static final MeetingScript SCRIPT =
            MeetingScript.parse("short", "WEBVTT\n\n00:00:00.000 --> 00:00:01.000\n<v Ada>Hello.</v>\n");

    @Inject
    Simulator simulator;

    @Inject
    RecordedEvents recorded;

    @Inject
    ReceivedWebhooks received;

    @Inject
    Apps apps;

    @ParameterizedTest
    @CsvSource({
        "MEETING, meeting.rtms_started, meeting.rtms_stopped",
        "WEBINAR, webinar.rtms_started, webinar.rtms_stopped",
        "VIDEO_SDK, session.rtms_started, session.rtms_stopped",
        "CONTACT_CENTER, contact_center.voice_rtms_started, contact_center.voice_rtms_stopped",
        "PHONE, phone.rtms_started, phone.rtms_stopped"
    })
    void joinsAStreamThatItsWebhooksAnnounce(Product product, String started, String stopped)
            throws InterruptedException {
        SimulatedMeeting meeting =
                simulator.play(SCRIPT, PlayOptions.defaults().withSpeed(10).withProduct(product));
        awaitEnd(meeting);
        assertEquals(List.of("Ada: Hello."), recorded.lines(meeting.streamId()));
        assertEquals(
                new StreamRef(meeting.streamId(), product, meeting.meetingUuid()),
                recorded.of(meeting.streamId()).getFirst().stream());
        await().until(() -> eventsOf(meeting).equals(List.of(started, stopped)));
    }

    @Test
    void joinsAWebinarWhoseIdStandsUnderTheMeetingsName() throws InterruptedException {
        SimulatedMeeting meeting = simulator.play(
                SCRIPT,
                PlayOptions.defaults()
                        .withSpeed(10)
                        .withProduct(Product.WEBINAR)
                        .withWebhooks(false));
        post("webinar.rtms_started", meeting);
        awaitEnd(meeting);
        assertEquals(List.of("Ada: Hello."), recorded.lines(meeting.streamId()));
        assertEquals(
                Product.WEBINAR,
                recorded.of(meeting.streamId()).getFirst().stream().product());
    }

    @Test
    void leavesAloneTheNameThatTheContactCenterHadBefore() throws InterruptedException {
        SimulatedMeeting meeting = simulator.play(
                SCRIPT,
                PlayOptions.defaults().withProduct(Product.CONTACT_CENTER).withWebhooks(false));
        post("contactcenter.rtms_started", meeting);
        post("meeting.rtms_started", meeting);
        awaitEnd(meeting);
        assertEquals(
                Product.MEETING,
                recorded.of(meeting.streamId()).getFirst().stream().product());
    }

    private void post(String event, SimulatedMeeting meeting) {
        String body =
                "{'event':'%s','event_ts':%d,'payload':{'meeting_uuid':'%s','rtms_stream_id':'%s','server_urls':'%s'}}"
                        .formatted(
                                event,
                                System.currentTimeMillis(),
                                meeting.meetingUuid(),
                                meeting.streamId(),
                                simulator.signalingUrl())
                        .replace('\'', '"');
        ZoomSignature.post("/webhook", apps.defaultApp().webhookSecrets().getFirst(), body)
                .statusCode(204);
    }

    private void awaitEnd(SimulatedMeeting meeting) throws InterruptedException {
        assertTrue(meeting.awaitEnd(Duration.ofSeconds(30)).isPresent(), "the stream came to its end");
        await().until(() -> !recorded.of(meeting.streamId(), StreamLeft.class).isEmpty());
    }

    private List<String> eventsOf(SimulatedMeeting meeting) {
        return received.with("rtms_stream_id", meeting.streamId()).stream()
                .map(WebhookReceived::event)
                .toList();
    }
}
