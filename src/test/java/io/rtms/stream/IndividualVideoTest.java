package io.rtms.stream;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.rtms.RtmsManager;
import io.rtms.event.Participant;
import io.rtms.event.StatusCode;
import io.rtms.event.StreamState;
import io.rtms.event.VideoData;
import io.rtms.event.VideoSubscribed;
import io.rtms.media.DataOption;
import io.rtms.media.MediaType;
import io.rtms.media.VideoParams;
import io.rtms.simulator.PlayOptions;
import io.rtms.simulator.SimulatedMeeting;
import io.rtms.simulator.fault.Refusal;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.Test;

/** One participant's video at a time (rtms-protocol section 4.11). */
@QuarkusTest
@TestProfile(QuietObservers.class)
class IndividualVideoTest {
    private static final Duration LONG = Duration.ofSeconds(30);
    private static final VideoParams INDIVIDUAL =
            VideoParams.defaults().withDataOption(DataOption.VIDEO_SINGLE_INDIVIDUAL_STREAM);

    @Inject
    RtmsManager rtms;

    @Inject
    Stage stage;

    private final Queue<VideoSubscribed> answers = new ConcurrentLinkedQueue<>();
    private final Queue<VideoData> frames = new ConcurrentLinkedQueue<>();

    @Test
    void nobodysVideoFlowsBeforeTheFirstSubscription() {
        SimulatedMeeting meeting = stage.play(600, 1);
        try (RtmsClient client = client()) {
            stage.join(client, meeting);
            assertEquals(Optional.empty(), meeting.subscribedVideo());
            client.subscribeVideo(meeting.participant("Ann").id(), true);
            await().atMost(LONG).until(() -> !answers.isEmpty() && frames.size() > 5);
            assertTrue(answers.peek().accepted());
            assertEquals(
                    meeting.participant("Ann").id(),
                    answers.peek().participant().id());
            assertTrue(frames.stream().allMatch(frame -> frame.participant().equals(meeting.participant("Ann"))));
        }
    }

    @Test
    void aSubscriptionBeforeTheJoinIsConfirmedWaitsForTheVideoSocket() {
        SimulatedMeeting meeting = stage.play(600, 1);
        try (RtmsClient client = client()) {
            client.join(stage.request(meeting).build());
            client.subscribeVideo(meeting.participant("Bob").id(), true);
            await().atMost(LONG).until(() -> frames.size() > 5);
            assertEquals(Optional.of(meeting.participant("Bob")), meeting.subscribedVideo());
        }
    }

    @Test
    void aNewSubscriptionReplacesTheOldOne() {
        SimulatedMeeting meeting = stage.play(600, 1);
        Participant bob = meeting.participant("Bob");
        try (RtmsClient client = client()) {
            stage.join(client, meeting);
            client.subscribeVideo(meeting.participant("Ann").id(), true);
            client.subscribeVideo(bob.id(), true);
            await().atMost(LONG)
                    .until(() -> frames.stream()
                                    .filter(frame -> frame.participant().equals(bob))
                                    .count()
                            > 5);
            assertEquals(Optional.of(bob), meeting.subscribedVideo());
            client.subscribeVideo(bob.id(), false);
            await().atMost(LONG).until(() -> meeting.subscribedVideo().isEmpty());
            assertEquals(3, answers.size());
        }
    }

    @Test
    void aSubscriptionIsMadeAgainWhenTheConnectionWasLost() {
        SimulatedMeeting meeting = stage.play(600, 1);
        try (RtmsClient client = client()) {
            stage.join(client, meeting);
            client.subscribeVideo(meeting.participant("Ann").id(), true);
            await().atMost(LONG).until(() -> frames.size() > 5);
            assertTrue(meeting.dropMedia(MediaType.VIDEO));
            await().atMost(LONG).until(() -> client.stream().snapshot().state() == StreamState.RESUMED);
            int before = frames.size();
            await().atMost(LONG).until(() -> frames.size() > before + 5);
            assertEquals(Optional.of(meeting.participant("Ann")), meeting.subscribedVideo());
        }
    }

    @Test
    void whatZoomRefusesIsToldInItsWords() {
        SimulatedMeeting meeting = stage.play(600, 1);
        try (RtmsClient client = client()) {
            stage.join(client, meeting);
            client.subscribeVideo(4_711, true);
            await().atMost(LONG).until(() -> !answers.isEmpty());
            assertFalse(answers.peek().accepted());
            assertFalse(answers.peek().status() == StatusCode.UNKNOWN);
            assertEquals(4_711, answers.peek().participant().id());
        }
    }

    @Test
    void aDuplicateIsAsGoodAsASubscription() {
        Refusal duplicate = Refusal.of(Refusal.Request.VIDEO_SUBSCRIPTION, StatusCode.DUPLICATE_VIDEO_SUBSCRIPTION);
        SimulatedMeeting meeting = stage.play(600, PlayOptions.defaults().withRefusals(duplicate));
        try (RtmsClient client = client()) {
            stage.join(client, meeting);
            client.subscribeVideo(meeting.participant("Ann").id(), true);
            await().atMost(LONG).until(() -> !answers.isEmpty());
            assertEquals(StatusCode.DUPLICATE_VIDEO_SUBSCRIPTION, answers.peek().status());
            assertTrue(answers.peek().accepted());
        }
    }

    @Test
    void withoutTheDataOptionItIsSaidWhatToConfigure() {
        SimulatedMeeting meeting = stage.play(600, 1);
        try (RtmsClient client = rtms.newClient().onVideo(frames::add)) {
            stage.join(client, meeting);
            IllegalStateException refused = assertThrows(
                    IllegalStateException.class,
                    () -> client.subscribeVideo(meeting.participant("Ann").id(), true));
            assertTrue(refused.getMessage().contains("VIDEO_SINGLE_INDIVIDUAL_STREAM"), refused.getMessage());
            assertEquals(List.of(), List.copyOf(answers));
        }
    }

    private RtmsClient client() {
        return rtms.newClient().video(INDIVIDUAL).onVideo(frames::add).onVideoSubscribed(answers::add);
    }
}
