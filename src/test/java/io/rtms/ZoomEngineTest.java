package io.rtms;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.rtms.event.ParticipantsJoined;
import io.rtms.event.StreamState;
import io.rtms.event.StreamStateChanged;
import io.rtms.loop.EventLoop;
import io.rtms.simulator.PlayOptions;
import io.rtms.simulator.SimulatedMeeting;
import io.rtms.simulator.Simulator;
import io.rtms.simulator.script.MeetingScript;
import io.rtms.simulator.sound.Sound;
import jakarta.inject.Inject;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** {@code rtms.engine=zoom}, with a stand-in for Zoom's SDK, which checks that every call comes on its thread. */
@QuarkusTest
@TestProfile(ZoomEngineTest.Zoom.class)
class ZoomEngineTest {
    private static final MeetingScript TALK =
            MeetingScript.parse("talk", "WEBVTT\n\n00:00.000 --> 00:04.000\n<v Ann>and so on</v>\n");

    @Inject
    Simulator simulator;

    @Inject
    RtmsManager manager;

    @Inject
    RecordedEvents recorded;

    @Test
    void aMeetingIsTakenInFromItsBeginningToItsEnd() throws InterruptedException {
        byte[] samples = new byte[4 * 32_000];
        new Random(7).nextBytes(samples);
        SimulatedMeeting meeting = simulator.play(
                TALK, PlayOptions.defaults().withSpeed(2).withSound((speaker, index) -> new Sound(samples)));
        expectTheEnd(meeting);
        assertEquals(List.of(StreamState.JOINING, StreamState.LIVE, StreamState.ENDED), states(meeting));
        assertEquals(List.of("Ann: and so on"), recorded.lines(meeting.streamId()));
        assertArrayEquals(samples, recorded.audio(meeting.streamId()));
        assertEquals(
                1, recorded.of(meeting.streamId(), ParticipantsJoined.class).size());
    }

    @Test
    void eachLoopHasAProcessOfItsOwnWithTheOtherEngine() {
        for (EventLoop loop : manager.pool().loops()) {
            assertTrue(loop.isIsolated());
            assertTrue(loop.engine().startsWith("zoom"), loop.engine());
        }
    }

    @Test
    void aStreamThatIsLeftIsOver() {
        SimulatedMeeting meeting = simulator.play(Turns.script(100), PlayOptions.defaults());
        await().atMost(Duration.ofSeconds(20))
                .until(() -> !recorded.lines(meeting.streamId()).isEmpty());
        manager.stream(meeting.streamId()).orElseThrow().leave();
        await().atMost(Duration.ofSeconds(10)).until(() -> recorded.isOver(meeting.streamId()));
        assertEquals(List.of(StreamState.JOINING, StreamState.LIVE, StreamState.ENDED), states(meeting));
    }

    private void expectTheEnd(SimulatedMeeting meeting) throws InterruptedException {
        assertTrue(meeting.awaitEnd(Duration.ofSeconds(40)).isPresent());
        await().atMost(Duration.ofSeconds(10)).until(() -> recorded.isOver(meeting.streamId()));
    }

    private List<StreamState> states(SimulatedMeeting meeting) {
        return recorded.states(meeting.streamId()).stream()
                .map(StreamStateChanged::state)
                .filter(state -> state != StreamState.INTERRUPTED) // between the servers' end and the webhook of it
                .toList();
    }

    /** The folder that has the adapter and the stand-in. */
    public static class Zoom implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of(
                    "rtms.engine", "zoom",
                    "rtms.loop.threads", "2",
                    "rtms.native.dir",
                            Path.of("target/native-library/zoom-stub")
                                    .toAbsolutePath()
                                    .toString());
        }
    }
}
