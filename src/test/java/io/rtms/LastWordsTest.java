package io.rtms;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.rtms.event.StopReason;
import io.rtms.event.StreamLeft;
import io.rtms.simulator.PlayOptions;
import io.rtms.simulator.SimulatedMeeting;
import io.rtms.simulator.Simulator;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** How a stream ends: with all that was said, and with the reason that says most. */
@QuarkusTest
@TestProfile(LastWordsTest.PatientWithObservers.class)
class LastWordsTest {
    private static final int LINES = 16;

    @Inject
    Simulator simulator;

    @Inject
    RtmsManager manager;

    @Inject
    RecordedEvents recorded;

    @Inject
    Standstill standstill;

    /** The sockets rest when the end comes, and what was said last lies in them. */
    @Test
    void whatWasSaidIsTakenInThoughObserversAreBehindAtTheEnd() throws InterruptedException {
        SimulatedMeeting meeting =
                simulator.play(Turns.script(LINES), PlayOptions.defaults().withSpeed(4));
        standstill.streamId = meeting.streamId();
        assertTrue(standstill.began.await(20, TimeUnit.SECONDS), "the observer stands still");
        assertTrue(meeting.awaitEnd(Duration.ofSeconds(30)).isPresent());
        await().atMost(Duration.ofSeconds(20))
                .until(() -> manager.stream(meeting.streamId()).orElseThrow().isOver());
        standstill.goOn.countDown();
        await().atMost(Duration.ofSeconds(20)).until(() -> recorded.isOver(meeting.streamId()));
        assertEquals(LINES, recorded.lines(meeting.streamId()).size());
    }

    /** Zoom's servers may end a stream without a reason, and the webhook that follows has one. */
    @ParameterizedTest
    @EnumSource(names = {"STREAM_REVOKED", "MEETING_ENDED"})
    void aReasonThatComesAfterTheEndIsTold(StopReason reason) throws InterruptedException {
        SimulatedMeeting meeting = simulator.play(Turns.script(100), PlayOptions.defaults());
        terminated(meeting, StopReason.UNDEFINED);
        manager.stopped(meeting.streamId(), reason);
        assertEquals(reason.name(), lastCause(meeting));
    }

    @Test
    void aRevocationWinsOverAnyOtherReasonAndIsItselfReplacedByNone() throws InterruptedException {
        SimulatedMeeting meeting = simulator.play(Turns.script(100), PlayOptions.defaults());
        terminated(meeting, StopReason.MEETING_ENDED);
        manager.stopped(meeting.streamId(), StopReason.STREAM_REVOKED);
        manager.stopped(meeting.streamId(), StopReason.HOST_TRIGGERED);
        assertEquals(StopReason.STREAM_REVOKED.name(), lastCause(meeting));
    }

    private void terminated(SimulatedMeeting meeting, StopReason reason) {
        await().atMost(Duration.ofSeconds(20))
                .until(() -> !recorded.lines(meeting.streamId()).isEmpty());
        assertTrue(meeting.sendSignaling(JsonNodeFactory.instance
                .objectNode()
                .put("msg_type", 8)
                .put("state", 4)
                .put("reason", reason.number())
                .put("timestamp", System.currentTimeMillis())));
        await().atMost(Duration.ofSeconds(10))
                .until(() -> manager.stream(meeting.streamId()).orElseThrow().timeline().entries().stream()
                        .anyMatch(entry -> entry.text().startsWith("Zoom's stream is TERMINATED")));
    }

    private String lastCause(SimulatedMeeting meeting) {
        await().atMost(Duration.ofSeconds(20)).until(() -> recorded.isOver(meeting.streamId()));
        return recorded.of(meeting.streamId(), StreamLeft.class)
                .getFirst()
                .cause()
                .name();
    }

    /** Little room, and more patience than the meeting lasts. */
    public static class PatientWithObservers implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of(
                    "rtms.stream.mailbox-frames", "100", "rtms.stream.patience", "30S", "rtms.stream.linger", "1S");
        }
    }
}
