package io.rtms;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.rtms.event.Cause;
import io.rtms.event.Product;
import io.rtms.event.StreamRef;
import io.rtms.event.StreamState;
import io.rtms.event.StreamStateChanged;
import io.rtms.simulator.PlayOptions;
import io.rtms.simulator.SimulatedMeeting;
import io.rtms.simulator.Simulator;
import io.rtms.simulator.script.MeetingScript;
import io.rtms.stream.JoinRequest;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Gateways that refuse, lie, or fall silent: the stream fails or tries again with a reason in words, and the process lives. */
@QuarkusTest
@TestProfile(HostileGatewayTest.QuickRetries.class)
class HostileGatewayTest {
    private static final MeetingScript NEXT_MEETING =
            MeetingScript.parse("next", "WEBVTT\n\n00:00.000 --> 00:02.000\n<v Ann>and so on</v>\n");

    @Inject
    RtmsManager manager;

    @Inject
    RecordedEvents recorded;

    @Inject
    Simulator simulator;

    private final String streamId = UUID.randomUUID().toString();

    @AfterEach
    void theProcessLivesAndJoinsTheNextMeeting() throws InterruptedException {
        SimulatedMeeting meeting =
                simulator.play(NEXT_MEETING, PlayOptions.defaults().withSpeed(10));
        assertTrue(meeting.awaitEnd(Duration.ofSeconds(30)).isPresent());
        await().atMost(Duration.ofSeconds(10)).until(() -> recorded.isOver(meeting.streamId()));
        assertEquals(List.of("Ann: and so on"), recorded.lines(meeting.streamId()));
    }

    @ParameterizedTest
    @CsvSource({
        "3, INVALID_SIGNATURE, check client id and client secret",
        "14, MEDIA_TYPE_INVALID_VALUE, refused the requested media types"
    })
    void aFinalStatusEndsTheStreamAtOnce(int status, String name, String words) throws IOException {
        try (HostileGateway gateway = signalingGateway(status)) {
            Cause cause = failure(gateway);
            assertEquals(List.of(status, name), List.of(cause.code(), cause.name()));
            assertTrue(cause.text().contains(words), cause.text());
            assertEquals(1, gateway.connections());
        }
    }

    @ParameterizedTest
    @CsvSource({"3, INVALID_SIGNATURE", "14, MEDIA_TYPE_INVALID_VALUE"})
    void aFinalStatusOfTheMediaServerEndsTheStreamToo(int status, String name) throws IOException {
        try (HostileGateway gateway = mediaGateway(status)) {
            assertEquals(name, failure(gateway).name());
        }
    }

    @Test
    void aSignalingConnectionThatIsStillHeldIsTriedForAgain() throws IOException {
        try (HostileGateway gateway = signalingGateway(8)) {
            Cause cause = failure(gateway);
            assertEquals("DUPLICATE_SIGNAL_REQUEST", cause.name());
            assertTrue(cause.text().startsWith("Gave up after"), cause.text());
            assertTriedAgain();
            Cause first = firstRetry();
            assertTrue(first.retry() && first.text().contains("Next try in 1.5 s"), first.text());
        }
    }

    @Test
    void aMediaConnectionThatIsStillHeldIsTriedForAgain() throws IOException {
        try (HostileGateway gateway = mediaGateway(8)) {
            assertEquals("DUPLICATE_SIGNAL_REQUEST", failure(gateway).name());
            assertTriedAgain();
        }
    }

    @Test
    void aGatewayThatNeverAnswersTheUpgradeTimesOut() throws IOException {
        try (HostileGateway gateway = new HostileGateway(HostileGateway.Peer::silence)) {
            assertRetriedThenFailed(gateway, "TIMEOUT");
        }
    }

    @Test
    void aGatewayThatNeverAnswersTheHandshakeTimesOut() throws IOException {
        try (HostileGateway gateway = new HostileGateway(peer -> peer.upgrade().silence())) {
            assertRetriedThenFailed(gateway, "TIMEOUT");
        }
    }

    @Test
    void aGatewayThatIsNoWebSocketServerFails() throws IOException {
        byte[] garbage = "SSH-2.0-OpenSSH_9.2p1\r\n\r\n\0\1\2\3".getBytes(StandardCharsets.ISO_8859_1);
        try (HostileGateway gateway =
                new HostileGateway(peer -> peer.raw(garbage).silence())) {
            assertRetriedThenFailed(gateway, "UPGRADE");
        }
    }

    @Test
    void garbageInsteadOfJsonFails() throws IOException {
        try (HostileGateway gateway = new HostileGateway(
                peer -> peer.upgrade().send("]}garbage\u0000{[").silence())) {
            assertRetriedThenFailed(gateway, "PROTOCOL");
        }
    }

    @Test
    void garbageInsteadOfFramesFails() throws IOException {
        byte[] noise = new byte[4096];
        Arrays.fill(noise, (byte) 0xf7);
        try (HostileGateway gateway =
                new HostileGateway(peer -> peer.upgrade().raw(noise).silence())) {
            assertRetriedThenFailed(gateway, "PROTOCOL");
        }
    }

    @Test
    void halfAFrameAndThenSilenceTimesOut() throws IOException {
        try (HostileGateway gateway = new HostileGateway(peer -> peer.upgrade()
                .raw(HostileGateway.Peer.header(100))
                .raw("{\"msg_type\"".getBytes(StandardCharsets.UTF_8))
                .silence())) {
            assertRetriedThenFailed(gateway, "TIMEOUT");
        }
    }

    @Test
    void halfAFrameAndThenTheEndFails() throws IOException {
        try (HostileGateway gateway = new HostileGateway(peer -> {
            peer.upgrade().read();
            peer.raw(HostileGateway.Peer.header(100)).raw("{\"msg_type\"".getBytes(StandardCharsets.UTF_8));
        })) {
            assertRetriedThenFailed(gateway, "CLOSED");
        }
    }

    @Test
    void aHundredMegabytesAreNotTakenIn() throws IOException {
        byte[] megabyte = new byte[1 << 20];
        Arrays.fill(megabyte, (byte) ' ');
        try (HostileGateway gateway = new HostileGateway(peer -> {
            peer.upgrade().read();
            peer.raw(HostileGateway.Peer.header(100L << 20));
            for (int i = 0; i < 100; i++) {
                peer.raw(megabyte);
            }
        })) {
            assertRetriedThenFailed(gateway, "TOO_LARGE");
        }
    }

    @Test
    void aGatewayThatClosesAtOnceFails() throws IOException {
        try (HostileGateway gateway = new HostileGateway(peer -> {})) {
            Cause cause = failure(gateway);
            assertTriedAgain();
            assertFalse(cause.text().isBlank());
        }
    }

    @Test
    void movesToTheServersThatZoomNamesNow() throws IOException {
        try (HostileGateway old = new HostileGateway(peer -> peer.upgrade().silence());
                HostileGateway fresh = signalingGateway(3)) {
            join(old);
            await().atMost(Duration.ofSeconds(5)).until(() -> old.connections() == 1);
            manager.stream(streamId).orElseThrow().onNewServers(List.of(fresh.url()));
            assertEquals("INVALID_SIGNATURE", failure().name());
            assertEquals(1, fresh.connections());
            assertEquals("NEW_SERVERS", firstRetry().name());
        }
    }

    @Test
    void nobodyListeningFails() throws IOException {
        HostileGateway gateway = new HostileGateway(peer -> {});
        gateway.close();
        assertEquals("CONNECT", failure(gateway).name());
    }

    private void assertRetriedThenFailed(HostileGateway gateway, String name) {
        Cause cause = failure(gateway);
        assertEquals(name, cause.name(), cause.text());
        assertTrue(cause.text().startsWith("Gave up after"), cause.text());
        assertTriedAgain();
        assertEquals(name, firstRetry().name());
    }

    private Cause failure(HostileGateway gateway) {
        join(gateway);
        return failure();
    }

    private void join(HostileGateway gateway) {
        manager.join(JoinRequest.builder().stream(new StreamRef(streamId, Product.MEETING, "aB+/9w=="))
                .serverUrls(gateway.url())
                .credentials("client", "hush-hush")
                .build());
    }

    /** Waits for the end, which has to be a failure. */
    private Cause failure() {
        await().atMost(Duration.ofSeconds(20)).until(() -> recorded.isOver(streamId));
        StreamStateChanged last = recorded.states(streamId).getLast();
        assertEquals(StreamState.FAILED, last.state());
        assertFalse(last.cause().retry());
        assertFalse(last.cause().text().contains("hush-hush"), last.cause().text());
        return last.cause();
    }

    private void assertTriedAgain() {
        int attempts = manager.stream(streamId).orElseThrow().snapshot().attempts();
        assertTrue(attempts > 1, () -> attempts + " attempts");
    }

    private Cause firstRetry() {
        return recorded.states(streamId).stream()
                .map(StreamStateChanged::cause)
                .filter(Cause::retry)
                .findFirst()
                .orElseThrow();
    }

    private static void refuse(HostileGateway.Peer peer, int answer, int status) throws IOException {
        peer.send("{\"msg_type\":%d,\"status_code\":%d,\"reason\":\"no\"}".formatted(answer, status))
                .silence();
    }

    /** A gateway that answers every signaling handshake with this status. */
    private static HostileGateway signalingGateway(int status) throws IOException {
        return new HostileGateway(peer -> {
            peer.upgrade().read();
            refuse(peer, 2, status);
        });
    }

    /** A gateway with a good signaling server; its media server answers every handshake with this status. */
    private static HostileGateway mediaGateway(int status) throws IOException {
        HostileGateway[] self = new HostileGateway[1];
        self[0] = new HostileGateway(peer -> {
            if (peer.upgrade().read().contains("\"msg_type\":3")) {
                refuse(peer, 4, status);
            }
            peer.send("{\"msg_type\":2,\"status_code\":0,\"media_server\":{\"server_urls\":{\"all\":\"%s\"}}}"
                            .formatted(self[0].url()))
                    .silence();
        });
        return self[0];
    }

    /** Time-outs and pauses short enough to see their end. */
    public static class QuickRetries implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of(
                    "rtms.stream.connect-timeout", "600MS",
                    "rtms.stream.handshake-timeout", "600MS",
                    "rtms.stream.backoff-first", "200MS",
                    "rtms.stream.backoff-most", "1S",
                    "rtms.stream.give-up-after", "5S");
        }
    }
}
