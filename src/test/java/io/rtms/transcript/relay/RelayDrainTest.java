package io.rtms.transcript.relay;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.quarkus.runtime.ShutdownDelayInitiatedEvent;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.rtms.event.Passive;
import io.rtms.event.RtmsEvent;
import io.rtms.transcript.Meeting;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import java.net.URI;
import org.junit.jupiter.api.Test;

/** Runs in an application of its own: once drained it takes no more clients. */
@QuarkusTest
@TestProfile(RelayDrainTest.OfItsOwn.class)
class RelayDrainTest {
    public static final class OfItsOwn implements QuarkusTestProfile {}

    @Inject
    @Passive
    Event<RtmsEvent> events;

    @Inject
    Event<ShutdownDelayInitiatedEvent> shutdown;

    @TestHTTPResource
    URI server;

    @Test
    void sendsEverybodyAwayToComeBackLater() throws Exception {
        Meeting meeting = Meeting.begin();
        events.fire(meeting.says("hello"));
        try (RelayClient following = RelayClient.connect(server.getPort(), "?stream=" + meeting.id());
                RelayClient idle = RelayClient.connect(server.getPort(), "")) {
            following.until("caughtUp");
            idle.next("hello");
            shutdown.fire(new ShutdownDelayInitiatedEvent());
            assertEquals(1012, following.closeCode());
            assertEquals(1012, idle.closeCode());
        }
        try (RelayClient late = RelayClient.connect(server.getPort(), "")) {
            assertEquals(1012, late.closeCode());
        }
    }
}
