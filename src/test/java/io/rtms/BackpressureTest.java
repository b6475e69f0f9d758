package io.rtms;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.rtms.event.DropCause;
import io.rtms.event.FramesDropped;
import io.rtms.event.MediaData;
import io.rtms.media.MediaType;
import io.rtms.simulator.PlayOptions;
import io.rtms.simulator.SimulatedMeeting;
import io.rtms.simulator.Simulator;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/**
 * An observer that stands still for longer than Zoom would wait for a socket that is not read: words wait for it, pictures and sounds are
 * dropped and told of, no connection is lost, and other meetings notice nothing.
 */
@QuarkusTest
@TestProfile(BackpressureTest.SmallMailbox.class)
class BackpressureTest {
    private static final int LINES = 40;

    @Inject
    Simulator simulator;

    @Inject
    RtmsManager manager;

    @Inject
    RecordedEvents recorded;

    @Inject
    MeterRegistry metrics;

    @Inject
    Standstill standstill;

    @Test
    void wordsWaitAndWhatIsDroppedIsCounted() throws InterruptedException {
        SimulatedMeeting slow = play();
        standstill.streamId = slow.streamId();
        assertTrue(standstill.began.await(20, TimeUnit.SECONDS), "the observer stands still");
        SimulatedMeeting other = play();

        await().atMost(Duration.ofSeconds(30))
                .until(() -> texts(slow).stream().anyMatch(text -> text.startsWith("Observers are behind")));
        assertTrue(other.awaitEnd(Duration.ofSeconds(60)).isPresent());
        await().atMost(Duration.ofSeconds(10)).until(() -> recorded.isOver(other.streamId()));
        assertTrue(slow.awaitEnd(Duration.ofSeconds(60)).isPresent());
        assertTrue(manager.stream(slow.streamId()).orElseThrow().snapshot().waiting() < 2 * SmallMailbox.FRAMES);
        standstill.goOn.countDown();
        await().atMost(Duration.ofSeconds(20)).until(() -> recorded.isOver(slow.streamId()));

        assertEquals(LINES, recorded.lines(slow.streamId()).size());
        assertEquals(LINES, recorded.lines(other.streamId()).size());
        assertEquals(1, slow.signalingHandshakes(), "Zoom lost no connection");
        assertEquals(
                1,
                slow.mediaHandshakes().stream()
                        .filter(handshake -> handshake.path("media_type").asInt() == 1)
                        .count());
        for (MediaType type : List.of(MediaType.AUDIO, MediaType.VIDEO)) {
            assertTrue(dropped(slow, type) > 0, () -> type + " was dropped");
            assertEquals(slow.framesSent(type), observed(slow, type) + dropped(slow, type), type::toString);
            assertEquals(0, dropped(other, type));
            assertEquals(other.framesSent(type), observed(other, type), type::toString);
            assertTrue(counted(type) >= dropped(slow, type));
        }
    }

    private SimulatedMeeting play() {
        return simulator.play(Turns.script(LINES), PlayOptions.defaults().withSpeed(4));
    }

    private List<String> texts(SimulatedMeeting meeting) {
        return manager.stream(meeting.streamId()).orElseThrow().timeline().entries().stream()
                .map(entry -> entry.text())
                .toList();
    }

    private long observed(SimulatedMeeting meeting, MediaType type) {
        return recorded.of(meeting.streamId(), MediaData.class).stream()
                .filter(frame -> frame.type() == type)
                .count();
    }

    private long dropped(SimulatedMeeting meeting, MediaType type) {
        return recorded.of(meeting.streamId(), FramesDropped.class).stream()
                .filter(report -> report.type() == type && report.cause() == DropCause.SLOW_OBSERVER)
                .mapToLong(FramesDropped::count)
                .sum();
    }

    private double counted(MediaType type) {
        return metrics
                .find("rtms.frames.dropped")
                .tag("kind", type.label())
                .tag("cause", DropCause.SLOW_OBSERVER.label())
                .counters()
                .stream()
                .mapToDouble(Counter::count)
                .sum();
    }

    /** Little room, little patience, and a Zoom that loses patience after a second and a half. */
    public static class SmallMailbox implements QuarkusTestProfile {
        static final int FRAMES = 200;

        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of(
                    "rtms.stream.mailbox-frames", Integer.toString(FRAMES),
                    "rtms.stream.patience", "500MS",
                    "rtms.media.request", "auto,video",
                    "rtms.simulator.keep-alive-interval", "500MS");
        }
    }
}
