package io.rtms;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.rtms.event.AudioData;
import io.rtms.event.StreamJoined;
import io.rtms.media.MediaType;
import io.rtms.simulator.PlayOptions;
import io.rtms.simulator.SimulatedMeeting;
import io.rtms.simulator.Simulator;
import io.rtms.simulator.script.MeetingScript;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Every medium over one socket. */
@QuarkusTest
@TestProfile(CombinedSocketTest.Combined.class)
class CombinedSocketTest {
    @Inject
    Simulator simulator;

    @Inject
    RecordedEvents recorded;

    @Test
    void carriesAudioAndEveryLine() throws InterruptedException {
        MeetingScript script = MeetingScript.demo();
        SimulatedMeeting meeting = simulator.play(script, PlayOptions.defaults().withSpeed(100));
        assertTrue(meeting.awaitEnd(Duration.ofSeconds(30)).isPresent());
        await().atMost(Duration.ofSeconds(10)).until(() -> recorded.isOver(meeting.streamId()));
        assertEquals(
                script.cues().stream()
                        .map(cue -> cue.speaker() + ": " + cue.text())
                        .toList(),
                recorded.lines(meeting.streamId()));
        assertEquals(
                meeting.audioFramesSent(),
                recorded.of(meeting.streamId(), AudioData.class).size());
        assertEquals(
                Set.of(MediaType.AUDIO, MediaType.TRANSCRIPT),
                recorded.of(meeting.streamId(), StreamJoined.class).getFirst().media());
    }

    /** One socket for all media. */
    public static class Combined implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of("rtms.media.sockets", "combined");
        }
    }
}
