package io.rtms;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.junit.QuarkusTest;
import io.rtms.stream.JoinRequest;
import jakarta.inject.Inject;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What the manager refuses before anyone dials. */
@QuarkusTest
class JoinTest {
    @Inject
    RtmsManager manager;

    private final String streamId = UUID.randomUUID().toString();

    @Test
    void dialsNoServersThatAreNotAllowed() {
        IllegalArgumentException e = assertThrows(
                IllegalArgumentException.class,
                () -> manager.join(request().serverUrls("wss://evil.example").build()));
        assertEquals(
                "server_urls names the host evil.example, which rtms.servers.allowed does not list", e.getMessage());
        assertTrue(manager.stream(streamId).isEmpty(), "nothing is joined");
    }

    private JoinRequest.Builder request() {
        return JoinRequest.builder().meetingUuid("m").streamId(streamId).credentials("id", "secret");
    }
}
