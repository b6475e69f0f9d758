package io.rtms.simulator;

import static io.rtms.simulator.SimulatedZoom.MEDIA_TRANSCRIPT;
import static io.rtms.simulator.SimulatedZoom.ready;
import static io.rtms.simulator.SimulatedZoom.signalingRequest;
import static io.rtms.simulator.SimulatedZoom.words;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.rtms.event.StopReason;
import io.rtms.simulator.fault.Fault;
import io.rtms.simulator.fault.On;
import java.net.ConnectException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class GatewayRestartTest {
    private final SimulatedZoom zoom = new SimulatedZoom();

    @AfterEach
    void close() throws Exception {
        zoom.close();
    }

    @Test
    void everySocketIsResetAndStreamsCanBeJoinedAgainOnTheSamePort() throws Exception {
        SimulatedMeeting meeting = play();
        SimulatedMeeting other = play();
        String url = zoom.simulator().gatewayUrl();
        try (Client signaling = zoom.signaling(meeting);
                Client media = zoom.media(meeting, MEDIA_TRANSCRIPT);
                Client another = zoom.signaling(other);
                Client stranger = zoom.connect()) {
            signaling.send(ready(meeting));
            media.expect(Messages.TRANSCRIPT);
            other.apply(new Fault.Silence(On.SIGNALING, Fault.Depth.BLACK_HOLE));
            zoom.simulator().restartGateway(Duration.ZERO, true);
            for (Client one : List.of(signaling, media, another, stranger)) {
                assertTrue(one.isBroken());
            }
        }
        assertEquals(url, zoom.simulator().gatewayUrl());
        try (Client signaling = zoom.signaling(meeting);
                Client media = zoom.media(meeting, MEDIA_TRANSCRIPT);
                Client another = zoom.signaling(other)) {
            signaling.send(ready(meeting));
            media.expect(Messages.TRANSCRIPT);
            assertFalse(another.closed.isDone());
        }
    }

    @Test
    void nobodyListensMeanwhile() throws Exception {
        SimulatedMeeting meeting = play();
        try (Client signaling = zoom.signaling(meeting)) {
            assertTrue(meeting.apply(new Fault.RestartGateway(Duration.ofSeconds(2), true)));
            assertTrue(signaling.isBroken());
        }
        Awaitility.await().until(() -> {
            CompletionException refused =
                    assertThrows(CompletionException.class, () -> zoom.connect().close());
            return refused.getCause() instanceof ConnectException;
        });
        Awaitility.await().ignoreExceptions().until(() -> {
            zoom.signaling(meeting).close();
            return true;
        });
    }

    @Test
    void streamsMayNotSurvive() throws Exception {
        SimulatedMeeting meeting = play();
        try (Client signaling = zoom.signaling(meeting)) {
            zoom.simulator().restartGateway(Duration.ZERO, false);
            assertTrue(signaling.isBroken());
            assertTrue(signaling.received.isEmpty(), "no state is told");
        }
        assertEquals(Optional.of(StopReason.INSTANCE_CONNECTION_INTERRUPTED), meeting.awaitEnd(Client.PATIENCE));
        try (Client late = zoom.connect().send(signalingRequest(meeting))) {
            assertEquals(
                    2,
                    late.expect(Messages.SIGNALING_HANDSHAKE_RESPONSE)
                            .path("status_code")
                            .asInt());
        }
    }

    @Test
    void aTimeBelowNothingIsRefused() {
        assertThrows(
                IllegalArgumentException.class, () -> zoom.simulator().restartGateway(Duration.ofMillis(-1), true));
    }

    private SimulatedMeeting play() {
        return zoom.play(words(600), PlayOptions.defaults().withSpeed(10));
    }
}
