package io.rtms;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.rtms.event.StatusCode;
import io.rtms.event.StreamState;
import io.rtms.event.StreamStateChanged;
import io.rtms.media.MediaType;
import io.rtms.simulator.PlayOptions;
import io.rtms.simulator.SimulatedMeeting;
import io.rtms.simulator.Simulator;
import io.rtms.simulator.fault.Refusal;
import io.rtms.simulator.script.MeetingScript;
import io.rtms.simulator.sound.Sound;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Connections that are lost in a meeting come back, and what Zoom kept meanwhile arrives once, in order. */
@QuarkusTest
@TestProfile(ReconnectTest.QuickRetries.class)
class ReconnectTest {
    private static final MeetingScript TALK =
            MeetingScript.parse("talk", "WEBVTT\n\n00:00.000 --> 00:08.000\n<v Ann>and so on</v>\n");

    private final byte[] samples = new byte[8 * 32_000];

    @Inject
    Simulator simulator;

    @Inject
    RecordedEvents recorded;

    @Test
    void aLostMediaConnectionComesBackAlone() throws InterruptedException {
        SimulatedMeeting meeting = talk();
        assertTrue(meeting.dropMedia(MediaType.AUDIO));
        expectResumedAndWhole(meeting);
    }

    @Test
    void aLostSignalingConnectionComesBackWithItsMedia() throws InterruptedException {
        SimulatedMeeting meeting = talk();
        assertTrue(meeting.dropSignaling());
        expectResumedAndWhole(meeting);
    }

    /** A media server that was started again may not know for a moment what it is to serve. */
    @ParameterizedTest
    @ValueSource(ints = {2, 3, 9, 45})
    void aMediumThatIsRefusedAfterItHadBeenGrantedIsTriedForAgain(int status) throws InterruptedException {
        SimulatedMeeting meeting = talk();
        meeting.refuse(new Refusal(Refusal.Request.MEDIA_HANDSHAKE, Optional.of(MediaType.AUDIO), status, "", 2));
        assertTrue(meeting.dropMedia(MediaType.AUDIO));
        expectResumedAndWhole(meeting);
        assertEquals(1, meeting.signalingHandshakes());
    }

    @Test
    void aMediumThatIsRefusedAfterSignalingWasLostIsTriedForAgain() throws InterruptedException {
        SimulatedMeeting meeting = talk();
        meeting.refuse(notServed(2));
        assertTrue(meeting.dropSignaling());
        expectResumedAndWhole(meeting);
        assertEquals(2, meeting.signalingHandshakes());
    }

    @Test
    void aMediumThatIsRefusedAlsoAfterEverythingWasConnectedAnewIsGivenUp() throws InterruptedException {
        SimulatedMeeting meeting = talk();
        meeting.refuse(notServed(Integer.MAX_VALUE));
        assertTrue(meeting.dropSignaling());
        await().atMost(Duration.ofSeconds(20)).until(() -> meeting.signalingHandshakes() == 3);
        await().atMost(Duration.ofSeconds(20)).until(() -> states(meeting).getLast() == StreamState.RESUMED);
        int states = states(meeting).size();
        assertTrue(meeting.awaitEnd(Duration.ofSeconds(40)).isPresent());
        await().atMost(Duration.ofSeconds(10)).until(() -> recorded.isOver(meeting.streamId()));
        assertEquals(states + 1, states(meeting).size(), "nothing happens any more before the end");
        assertEquals(3, meeting.signalingHandshakes());
        assertEquals(List.of("Ann: and so on"), recorded.lines(meeting.streamId()));
    }

    private static Refusal notServed(int times) {
        return new Refusal(
                Refusal.Request.MEDIA_HANDSHAKE,
                Optional.of(MediaType.AUDIO),
                StatusCode.MEDIA_TYPE_AUDIO_NOT_SUPPORT.number(),
                "",
                times);
    }

    private List<StreamState> states(SimulatedMeeting meeting) {
        return recorded.states(meeting.streamId()).stream()
                .map(StreamStateChanged::state)
                .toList();
    }

    @Test
    void aMediumThatDoesNotComeBackHasEverythingConnectedAnewOnce() throws InterruptedException {
        SimulatedMeeting meeting = talk();
        meeting.refuse(Refusal.of(MediaType.AUDIO, StatusCode.INTERNAL_EXCEPTION));
        assertTrue(meeting.dropMedia(MediaType.AUDIO));
        await().atMost(Duration.ofSeconds(20)).until(() -> meeting.signalingHandshakes() == 2);
        assertTrue(meeting.awaitEnd(Duration.ofSeconds(40)).isPresent());
        await().atMost(Duration.ofSeconds(10)).until(() -> recorded.isOver(meeting.streamId()));
        assertEquals(2, meeting.signalingHandshakes(), "transcripts are left in peace where that did not help");
        assertEquals(List.of("Ann: and so on"), recorded.lines(meeting.streamId()));
    }

    private SimulatedMeeting talk() {
        new Random(7).nextBytes(samples);
        SimulatedMeeting meeting = simulator.play(
                TALK, PlayOptions.defaults().withSpeed(2).withSound((speaker, index) -> new Sound(samples)));
        await().atMost(Duration.ofSeconds(20)).until(() -> recorded.audio(meeting.streamId()).length > 50_000);
        return meeting;
    }

    private void expectResumedAndWhole(SimulatedMeeting meeting) throws InterruptedException {
        assertTrue(meeting.awaitEnd(Duration.ofSeconds(40)).isPresent());
        await().atMost(Duration.ofSeconds(10)).until(() -> recorded.isOver(meeting.streamId()));
        assertEquals(
                List.of(
                        StreamState.JOINING,
                        StreamState.LIVE,
                        StreamState.INTERRUPTED,
                        StreamState.RESUMED,
                        StreamState.ENDED),
                recorded.states(meeting.streamId()).stream()
                        .map(StreamStateChanged::state)
                        .distinct()
                        .toList());
        assertEquals(List.of("Ann: and so on"), recorded.lines(meeting.streamId()));
        assertArrayEquals(samples, recorded.audio(meeting.streamId()));
    }

    /** Also with media that are given up soon. */
    public static class QuickRetries extends HostileGatewayTest.QuickRetries {
        @Override
        public Map<String, String> getConfigOverrides() {
            Map<String, String> overrides = new HashMap<>(super.getConfigOverrides());
            overrides.put("rtms.stream.media-window", "2S");
            return overrides;
        }
    }
}
