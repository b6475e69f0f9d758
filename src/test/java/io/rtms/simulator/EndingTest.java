package io.rtms.simulator;

import static io.rtms.simulator.SimulatedZoom.MEDIA_ALL;
import static io.rtms.simulator.SimulatedZoom.MEDIA_TRANSCRIPT;
import static io.rtms.simulator.SimulatedZoom.ready;
import static io.rtms.simulator.SimulatedZoom.subscribe;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.rtms.event.StopReason;
import io.rtms.simulator.script.MeetingScript;
import java.util.List;
import java.util.Optional;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

class EndingTest {
    private static final String SHORT = "WEBVTT\n\n00:00.000 --> 00:01.000\n<v Ana>That was it.</v>\n";
    private static final String LONG = "WEBVTT\n\n00:00.000 --> 10:00.000\n<v Ana>And so on.</v>\n";

    @Test
    void endsInOrder() throws Exception {
        try (SimulatedZoom zoom = new SimulatedZoom()) {
            SimulatedMeeting meeting = zoom.play(SHORT, 10);
            try (Client signaling = zoom.signaling(meeting);
                    Client media = zoom.media(meeting, MEDIA_ALL)) {
                signaling.send(subscribe(4)).send(ready(meeting));
                assertEquals(1000, signaling.closeCode());
                assertEquals(1000, media.closeCode());
                List<String> end =
                        signaling.received.stream().map(EndingTest::describe).toList();
                assertEquals(
                        List.of(
                                "8 state 1 reason 0",
                                "6 event 4",
                                "8 state 3 reason 6",
                                "8 state 4 reason 6",
                                "9 state 5 stop_reason 6"),
                        end);
                assertEquals(Optional.of(StopReason.MEETING_ENDED), meeting.awaitEnd(Client.PATIENCE));
            }
            assertTrue(zoom.simulator().meetings().isEmpty());
        }
    }

    @Test
    void theClientMayCloseTheStream() throws Exception {
        try (SimulatedZoom zoom = new SimulatedZoom()) {
            SimulatedMeeting meeting = zoom.play(LONG, 1);
            try (Client signaling = zoom.signaling(meeting);
                    Client media = zoom.media(meeting, MEDIA_TRANSCRIPT)) {
                signaling.send(ready(meeting));
                signaling.expect(Messages.STREAM_STATE_UPDATE);
                signaling.send(Messages.message(21).put("rtms_stream_id", "another"));
                assertEquals(2, signaling.expect(22).path("status_code").asInt());
                signaling.send(Messages.message(21).put("rtms_stream_id", meeting.streamId()));
                ObjectNode answer = signaling.expect(22);
                assertEquals(0, answer.path("status_code").asInt(-1));
                assertEquals("OK", answer.path("reason").asText());
                assertEquals(1000, signaling.closeCode());
                assertEquals(1000, media.closeCode());
                assertEquals(Optional.of(StopReason.RECEIVER_REQUEST_CLOSE), meeting.awaitEnd(Client.PATIENCE));
                assertEquals(
                        List.of("8 state 3 reason 20", "8 state 4 reason 20", "9 state 5 stop_reason 20"),
                        signaling.received.stream().map(EndingTest::describe).toList());
            }
        }
    }

    @Test
    void aMeetingThatNobodyJoinsIsGivenUp() throws Exception {
        try (SimulatedZoom zoom = new SimulatedZoom("join-timeout", "200MS")) {
            SimulatedMeeting meeting = zoom.play(SHORT, 1);
            assertEquals(Optional.of(StopReason.CONNECTION_TIMEOUT), meeting.awaitEnd(Client.PATIENCE));
        }
    }

    @Test
    void aStreamThatIsOverCannotBeJoined() throws Exception {
        try (SimulatedZoom zoom = new SimulatedZoom()) {
            SimulatedMeeting meeting = zoom.play(LONG, 1);
            meeting.stop(StopReason.HOST_TRIGGERED);
            assertEquals(Optional.of(StopReason.HOST_TRIGGERED), meeting.awaitEnd(Client.PATIENCE));
            try (Client late = zoom.connect().send(SimulatedZoom.signalingRequest(meeting))) {
                assertEquals(
                        2,
                        late.expect(Messages.SIGNALING_HANDSHAKE_RESPONSE)
                                .path("status_code")
                                .asInt());
            }
        }
    }

    @Test
    void aLoopPlaysANewMeetingUntilItIsStopped() throws Exception {
        try (SimulatedZoom zoom = new SimulatedZoom("join-timeout", "100MS", "loop-pause", "50MS")) {
            SimulatedMeeting first = zoom.play(SHORT, PlayOptions.defaults().withLoop(true));
            assertEquals(Optional.of(StopReason.CONNECTION_TIMEOUT), first.awaitEnd(Client.PATIENCE));
            SimulatedMeeting second = Awaitility.await()
                    .until(() -> zoom.simulator().meetings(), meetings -> !meetings.isEmpty())
                    .getFirst();
            assertNotEquals(first.streamId(), second.streamId());
            assertNotEquals(first.meetingUuid(), second.meetingUuid());
        }
    }

    @Test
    void aStoppedSimulatorListensNoMoreAndPlaysNothing() throws Exception {
        SimulatedZoom zoom = new SimulatedZoom();
        String url = zoom.simulator().signalingUrl();
        SimulatedMeeting meeting = zoom.play(LONG, PlayOptions.defaults().withLoop(true));
        zoom.close();
        assertEquals(Optional.of(StopReason.EXIT_SIGNAL), meeting.awaitEnd(Client.PATIENCE));
        assertThrows(RuntimeException.class, () -> Client.connect(url));
        assertThrows(IllegalStateException.class, () -> zoom.simulator().gatewayUrl());
        assertThrows(
                IllegalStateException.class, () -> zoom.simulator().play(MeetingScript.demo(), PlayOptions.defaults()));
    }

    private static String describe(ObjectNode message) {
        int type = message.path("msg_type").asInt();
        return switch (type) {
            case 6 -> "6 event " + message.path("event").path("event_type");
            case 8 -> "8 state " + message.path("state") + " reason " + message.path("reason");
            case 9 -> "9 state " + message.path("state") + " stop_reason " + message.path("stop_reason");
            default -> message.toString();
        };
    }
}
