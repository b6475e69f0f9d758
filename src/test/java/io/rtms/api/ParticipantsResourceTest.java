package io.rtms.api;

import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.restassured.path.json.JsonPath;
import io.restassured.response.ValidatableResponse;
import io.rtms.RtmsManager;
import io.rtms.event.EventType;
import io.rtms.event.Participant;
import io.rtms.event.StopReason;
import io.rtms.simulator.PlayOptions;
import io.rtms.simulator.SimulatedMeeting;
import io.rtms.simulator.Simulator;
import io.rtms.simulator.script.MeetingScript;
import io.rtms.stream.RtmsStream;
import jakarta.inject.Inject;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Who is there, and whose video is wanted. */
@QuarkusTest
@TestProfile(ParticipantsResourceTest.IndividualVideo.class)
class ParticipantsResourceTest {
    @Inject
    Simulator simulator;

    @Inject
    RtmsManager manager;

    private SimulatedMeeting meeting;

    @BeforeEach
    void play() {
        meeting = simulator.play(MeetingScript.demo(), PlayOptions.defaults());
        await().until(() -> Api.client()
                        .get("/api/streams/{id}", meeting.streamId())
                        .then()
                        .extract()
                        .statusCode()
                == 200);
        Api.awaitState(meeting.streamId(), "live");
    }

    @AfterEach
    void end() throws InterruptedException {
        meeting.stop(StopReason.HOST_TRIGGERED);
        Api.awaitEnd(meeting);
    }

    @Test
    void tellsWhoIsThereAndWhatTheyDo() throws InterruptedException {
        String name = meeting.participants().getFirst().name();
        Participant one = meeting.participant(name);
        await().until(() ->
                participants().getList("$").size() == meeting.participants().size());
        RtmsStream stream = manager.stream(meeting.streamId()).orElseThrow();
        stream.subscribe(EventType.SHARING_START, true);
        stream.subscribe(EventType.PARTICIPANT_VIDEO_ON, true);
        await().until(() -> meeting.subscribedEvents()
                .containsAll(Set.of(EventType.SHARING_START.number(), EventType.PARTICIPANT_VIDEO_ON.number())));
        meeting.turnVideo(name, true);
        meeting.startSharing(name);
        String own = "find { it.id == '%s' }.".formatted(one.id());
        await().until(() -> participants().getBoolean(own + "sharing"));
        JsonPath all = participants();
        assertEquals(name, all.getString(own + "name"));
        assertEquals(true, all.getBoolean(own + "video"));
        assertEquals(meeting.participants().stream().map(Participant::name).toList(), all.getList("name"));
        assertEquals(1, all.getList("findAll { it.sharing }").size());
        meeting.leave(name);
        await().until(() -> participants()
                .getList("findAll { it.name == '%s' }".formatted(name))
                .isEmpty());
    }

    @Test
    void asksForOneParticipantsVideoAndNoLonger() {
        Participant one = meeting.participants().getFirst();
        Participant other = meeting.participants().getLast();
        video("PUT", one).statusCode(202);
        await().until(() -> meeting.subscribedVideo().equals(Optional.of(one)));
        video("PUT", other).statusCode(202);
        await().until(() -> meeting.subscribedVideo().equals(Optional.of(other)));
        video("DELETE", other).statusCode(202);
        await().until(() -> meeting.subscribedVideo().isEmpty());
    }

    @Test
    void saysWhyThereIsNoVideo() throws InterruptedException {
        Api.client()
                .put("/api/streams/{id}/video/ada", meeting.streamId())
                .then()
                .statusCode(400)
                .body("detail", equalTo("The user id is no number from 1."));
        Api.client().put("/api/streams/{id}/video/0", meeting.streamId()).then().statusCode(400);
        Api.client().put("/api/streams/nobody/video/7").then().statusCode(404).contentType("application/problem+json");
        meeting.stop(StopReason.HOST_TRIGGERED);
        Api.awaitEnd(meeting);
        Api.awaitState(meeting.streamId(), "ended");
        video("PUT", meeting.participants().getFirst())
                .statusCode(409)
                .contentType("application/problem+json")
                .body("detail", containsString("is over"));
    }

    private ValidatableResponse video(String method, Participant participant) {
        return Api.client()
                .request(method, "/api/streams/{id}/video/{user}", meeting.streamId(), participant.id())
                .then();
    }

    private JsonPath participants() {
        return Api.client()
                .get("/api/streams/{id}/participants", meeting.streamId())
                .then()
                .statusCode(200)
                .extract()
                .jsonPath();
    }

    /** Video of one participant at a time. */
    public static class IndividualVideo implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of(
                    "rtms.media.request",
                    "auto,video",
                    "rtms.media.video.data-option",
                    "VIDEO_SINGLE_INDIVIDUAL_STREAM");
        }
    }
}
