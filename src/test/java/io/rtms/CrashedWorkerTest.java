package io.rtms;

import static io.restassured.RestAssured.given;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.rtms.event.StreamState;
import io.rtms.event.StreamStateChanged;
import io.rtms.loop.EventLoop;
import io.rtms.simulator.PlayOptions;
import io.rtms.simulator.SimulatedMeeting;
import io.rtms.simulator.Simulator;
import jakarta.inject.Inject;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Loops in processes of their own: one that crashes or hangs is replaced, its streams go on, and nobody else notices. */
@QuarkusTest
@TestProfile(CrashedWorkerTest.Isolated.class)
class CrashedWorkerTest {
    private static final int LINES = 40;

    @Inject
    Simulator simulator;

    @Inject
    RtmsManager manager;

    @Inject
    RecordedEvents recorded;

    private SimulatedMeeting struck;
    private SimulatedMeeting other;
    private EventLoop loop;

    private void twoMeetingsOnTwoLoops(double speed) {
        struck = play(speed);
        other = play(speed);
        loop = loopOf(struck);
        assertNotEquals(loop.name(), loopOf(other).name());
        assertNotEquals(ProcessHandle.current().pid(), loop.process());
        await().atMost(Duration.ofSeconds(20))
                .until(() -> recorded.lines(struck.streamId()).size() > 2
                        && recorded.lines(other.streamId()).size() > 2);
    }

    @Test
    void aLoopThatCrashesIsStartedAgainAndItsStreamGoesOn() throws Exception {
        twoMeetingsOnTwoLoops(4);
        int before = loop.restarts();
        signal("SEGV");
        expectTheStruckStreamToGoOn(Duration.ofSeconds(10), 1);
        assertEquals(before + 1, loop.restarts());
        given().get("/q/metrics")
                .then()
                .body(containsString(
                        "rtms_worker_restarts_total{loop=\"%s\"} %d.0".formatted(loop.name(), loop.restarts())));
    }

    /** Found by its missing signs of life. */
    @Test
    void aLoopThatHangsIsReplacedAndItsStreamGoesOn() throws Exception {
        twoMeetingsOnTwoLoops(2);
        int before = loop.restarts();
        signal("STOP");
        expectTheStruckStreamToGoOn(Duration.ofSeconds(30), LINES - 10);
        assertEquals(before + 1, loop.restarts());
    }

    private void expectTheStruckStreamToGoOn(Duration patience, int mostLost) throws InterruptedException {
        await().atMost(patience).until(() -> states(struck).contains(StreamState.RESUMED));
        assertTrue(struck.awaitEnd(Duration.ofSeconds(60)).isPresent());
        assertTrue(other.awaitEnd(Duration.ofSeconds(60)).isPresent());
        await().atMost(Duration.ofSeconds(10))
                .until(() -> recorded.isOver(struck.streamId()) && recorded.isOver(other.streamId()));
        assertEquals(
                List.of(
                        StreamState.JOINING,
                        StreamState.LIVE,
                        StreamState.INTERRUPTED,
                        StreamState.RESUMED,
                        StreamState.ENDED),
                states(struck));
        assertEquals(List.of(StreamState.JOINING, StreamState.LIVE, StreamState.ENDED), states(other));
        assertEquals(LINES, recorded.lines(other.streamId()).size());
        // What had come to the process and not been handed over is gone with it: a line, or what came while it hung.
        List<String> lines = recorded.lines(struck.streamId());
        assertTrue(lines.size() >= LINES - mostLost, () -> lines.size() + " lines");
        assertEquals(lines.stream().distinct().toList(), lines);
    }

    private List<StreamState> states(SimulatedMeeting meeting) {
        return recorded.states(meeting.streamId()).stream()
                .map(StreamStateChanged::state)
                .distinct() // Zoom's word of it may come besides
                .toList();
    }

    private SimulatedMeeting play(double speed) {
        SimulatedMeeting meeting =
                simulator.play(Turns.script(LINES), PlayOptions.defaults().withSpeed(speed));
        await().atMost(Duration.ofSeconds(20))
                .until(() -> manager.stream(meeting.streamId()).isPresent());
        return meeting;
    }

    private EventLoop loopOf(SimulatedMeeting meeting) {
        String name =
                manager.stream(meeting.streamId()).orElseThrow().snapshot().loop();
        return manager.pool().loops().stream()
                .filter(candidate -> candidate.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private void signal(String name) throws IOException, InterruptedException {
        String process = String.valueOf(loop.process());
        assertEquals(
                0,
                new ProcessBuilder("kill", "-" + name, process)
                        .inheritIO()
                        .start()
                        .waitFor());
    }

    /** Two loops, each in a process of its own. */
    public static class Isolated implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of(
                    "rtms.engine.isolation", "process",
                    "rtms.loop.threads", "2",
                    "rtms.loop.strategy", "round_robin",
                    "rtms.loop.stuck-after", "5S");
        }
    }
}
