package io.rtms.simulator;

import static io.rtms.simulator.SimulatedZoom.mediaRequest;
import static io.rtms.simulator.SimulatedZoom.ready;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.rtms.media.MediaType;
import java.util.Optional;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Messages 28 and 29. */
class VideoSubscriptionTest {
    private static final int MEDIA_VIDEO = 2;
    private static final String TWO_SPEAKERS = """
            WEBVTT

            00:00.000 --> 05:00.000
            <v Ana>One.</v>

            05:00.000 --> 10:00.000
            <v Ben>Two.</v>
            """;

    private SimulatedZoom zoom;
    private SimulatedMeeting meeting;
    private Client signaling;

    @BeforeEach
    void start() throws Exception {
        zoom = new SimulatedZoom();
        meeting = zoom.play(TWO_SPEAKERS, 1);
        signaling = zoom.signaling(meeting);
    }

    @AfterEach
    void stop() throws Exception {
        signaling.close();
        zoom.close();
    }

    @Test
    void aNewSubscriptionReplacesTheOldOneAndUnsubscribingEndsIt() throws Exception {
        try (Client video = video(4)) {
            signaling.send(ready(meeting));
            signaling.expect(Messages.STREAM_STATE_UPDATE);
            assertAnswer(0, "Ana", true);
            assertEquals(Optional.of(meeting.participant("Ana")), meeting.subscribedVideo());
            assertAnswer(0, "Ben", true);
            assertEquals(Optional.of(meeting.participant("Ben")), meeting.subscribedVideo());
            assertAnswer(0, "Ben", false);
            assertEquals(Optional.empty(), meeting.subscribedVideo());
            assertAnswer(0, "Ben", true);
        }
    }

    @Test
    void answers44ToASecondSubscriptionOfTheSameVideo() throws Exception {
        try (Client video = video(4)) {
            assertAnswer(0, "Ana", true);
            assertAnswer(44, "Ana", true);
            assertEquals(Optional.of(meeting.participant("Ana")), meeting.subscribedVideo());
        }
    }

    @Test
    void answers4ToAnUnknownParticipantAndToTheEndOfWhatNeverBegan() throws Exception {
        try (Client video = video(4)) {
            signaling.send(request(77, true));
            ObjectNode answer = signaling.expect(Messages.VIDEO_SUBSCRIPTION_RESPONSE);
            assertEquals(4, answer.path("status_code").asInt());
            assertEquals(77, answer.path("user_id").asInt());
            assertTrue(answer.path("reason").asText().contains("user_id"), answer.toString());
            assertAnswer(4, "Ana", false);
        }
    }

    @Test
    void answers4WhereVideoIsNotOfOneParticipant() throws Exception {
        assertAnswer(4, "Ana", true);
        try (Client video = video(3)) {
            assertAnswer(4, "Ana", true);
        }
    }

    @Test
    void aSubscriptionGoesWithTheConnectionThatCarriedIt() throws Exception {
        try (Client video = video(4)) {
            signaling.send(ready(meeting));
            signaling.expect(Messages.STREAM_STATE_UPDATE);
            assertAnswer(0, "Ana", true);
            assertTrue(meeting.dropMedia(MediaType.VIDEO));
            assertEquals(Optional.empty(), meeting.subscribedVideo());
        }
        signaling.expect(Messages.EVENT_UPDATE);
        signaling.expect(Messages.STREAM_STATE_UPDATE);
        try (Client again = video(4)) {
            assertAnswer(0, "Ana", true);
            Awaitility.await().until(() -> meeting.subscribedVideo().isPresent());
        }
    }

    private Client video(int dataOption) throws InterruptedException {
        ObjectNode request = mediaRequest(meeting, MEDIA_VIDEO);
        request.putObject("media_params").putObject("video").put("data_opt", dataOption);
        return zoom.media(request);
    }

    private void assertAnswer(int status, String who, boolean subscribe) throws InterruptedException {
        signaling.send(request(meeting.participant(who).id(), subscribe));
        ObjectNode answer = signaling.expect(Messages.VIDEO_SUBSCRIPTION_RESPONSE);
        assertEquals(status, answer.path("status_code").asInt(-1), answer.toString());
        assertEquals(meeting.participant(who).id(), answer.path("user_id").asLong());
        assertTrue(answer.path("timestamp").asLong() > 1_700_000_000_000L);
    }

    private static ObjectNode request(long userId, boolean subscribe) {
        return Messages.message(Messages.VIDEO_SUBSCRIPTION_REQUEST)
                .put("user_id", userId)
                .put("subscribe", subscribe)
                .put("timestamp", System.currentTimeMillis());
    }
}
