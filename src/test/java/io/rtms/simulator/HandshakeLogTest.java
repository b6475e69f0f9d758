package io.rtms.simulator;

import static io.rtms.simulator.SimulatedZoom.MEDIA_ALL;
import static io.rtms.simulator.SimulatedZoom.MEDIA_AUDIO;
import static io.rtms.simulator.SimulatedZoom.MEDIA_TRANSCRIPT;
import static io.rtms.simulator.SimulatedZoom.mediaRequest;
import static io.rtms.simulator.SimulatedZoom.signalingRequest;
import static io.rtms.simulator.SimulatedZoom.subscribe;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.rtms.media.MediaType;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a meeting tells of its client. */
class HandshakeLogTest {
    private static final String LONG = "WEBVTT\n\n00:00.000 --> 10:00.000\n<v Ana>And so on.</v>\n";

    private SimulatedZoom zoom;
    private SimulatedMeeting meeting;

    @BeforeEach
    void start() {
        zoom = new SimulatedZoom();
        meeting = zoom.play(LONG, 1);
    }

    @AfterEach
    void stop() throws Exception {
        zoom.close();
    }

    @Test
    void showsWhichMediaWereAskedForAndHow() throws Exception {
        assertEquals(Set.of(), meeting.requestedMedia());
        ObjectNode request =
                mediaRequest(meeting, MEDIA_AUDIO + MEDIA_TRANSCRIPT).put("extra", "kept");
        request.putObject("media_params").putObject("audio").put("send_rate", 100);
        try (Client signaling = zoom.signaling(meeting);
                Client media = zoom.media(request)) {
            assertEquals(Set.of(MediaType.AUDIO, MediaType.TRANSCRIPT), meeting.requestedMedia());
            assertEquals(Optional.of(request), meeting.mediaHandshake(MediaType.TRANSCRIPT));
            assertEquals(Optional.empty(), meeting.mediaHandshake(MediaType.CHAT));
            assertEquals(List.of(request), meeting.mediaHandshakes());
            ObjectNode audio = meeting.parameters(MediaType.AUDIO).orElseThrow();
            assertEquals(100, audio.path("send_rate").asInt());
            assertEquals(1, audio.path("codec").asInt());
            assertTrue(meeting.parameters(MediaType.VIDEO).isEmpty());
        }
    }

    @Test
    void oneSocketForAllAsksForEveryMedium() throws Exception {
        try (Client signaling = zoom.signaling(meeting);
                Client media = zoom.media(meeting, MEDIA_ALL)) {
            assertEquals(EnumSet.allOf(MediaType.class), meeting.requestedMedia());
            assertTrue(meeting.parameters(MediaType.CHAT).isPresent());
        }
    }

    @Test
    void showsWhatIsRefusedToo() throws Exception {
        try (Client signaling = zoom.signaling(meeting);
                Client media = zoom.media(meeting, MEDIA_AUDIO);
                Client second = zoom.media(meeting, MEDIA_AUDIO)) {
            assertEquals(2, meeting.mediaHandshakes().size());
        }
    }

    @Test
    void countsSignalingHandshakesAndAttempts() throws Exception {
        try (Client first = zoom.signaling(meeting)) {
            try (Client second = zoom.connect().send(signalingRequest(meeting))) {
                second.expect(Messages.SIGNALING_HANDSHAKE_RESPONSE);
            }
            assertEquals(1, meeting.signalingHandshakes());
            assertEquals(2, meeting.signalingAttempts());
            assertTrue(meeting.dropSignaling());
        }
        try (Client again = zoom.signaling(meeting)) {
            assertEquals(2, meeting.signalingHandshakes());
            assertEquals(3, meeting.signalingAttempts());
        }
    }

    @Test
    void showsTheEventsThatAreSubscribedTo() throws Exception {
        try (Client signaling = zoom.signaling(meeting)) {
            signaling.send(subscribe(2, 8, 14));
            Awaitility.await().until(() -> meeting.subscribedEvents().equals(Set.of(2, 8, 14)));
        }
    }
}
