package io.rtms.simulator;

import static io.rtms.simulator.SimulatedZoom.MEDIA_AUDIO;
import static io.rtms.simulator.SimulatedZoom.mediaRequest;
import static io.rtms.simulator.SimulatedZoom.ready;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.rtms.event.StopReason;
import io.rtms.media.MediaType;
import io.rtms.simulator.sound.SoundSource;
import io.rtms.simulator.sound.WavBytes;
import java.io.ByteArrayOutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AudioTest {
    private static final int BYTES_PER_SECOND = 32_000;
    private static final String FIVE_SECONDS = """
            WEBVTT

            00:00.000 --> 00:05.000
            <v Ana>A sentence of five seconds.</v>
            """;
    private static final String OVERLAP = """
            WEBVTT

            00:00.000 --> 00:02.000
            <v Ana>Ana speaks for two seconds</v>

            00:01.000 --> 00:03.000
            <v Ben>and Ben begins before she is done,</v>

            00:05.000 --> 00:06.000
            <v Ana>then Ana again.</v>
            """;

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(ints = {20, 100, 1000})
    void sendsTheBytesOfTheFileUnchangedAndInOrderAndBeginsAgainAfterItsEnd(int sendRate) throws Exception {
        byte[] samples = WavBytes.noise(1, 3 * BYTES_PER_SECOND + 222);
        List<JsonNode> frames = play(FIVE_SECONDS, wav("ana.wav", samples), 1, sendRate);
        assertEquals(5000 / sendRate, frames.size());
        assertArrayEquals(repeated(samples, 0, 5 * BYTES_PER_SECOND), bytes(frames));
        for (int i = 0; i < frames.size(); i++) {
            assertEquals(sendRate * 32, frames.get(i).path("length").asInt());
            assertEquals(
                    frames.getFirst().path("timestamp").asLong() + (long) i * sendRate,
                    frames.get(i).path("timestamp").asLong());
            assertEquals(0, frames.get(i).path("user_id").asInt(-1));
            assertFalse(frames.get(i).has("user_name"));
        }
    }

    @Test
    void mixedAudioIsOneSpeakersUnchangedAndTheSumWhereTwoSpeak() throws Exception {
        byte[] ana = WavBytes.noise(2, 10 * BYTES_PER_SECOND);
        byte[] ben = WavBytes.noise(3, 10 * BYTES_PER_SECOND);
        wav("Ana.wav", ana);
        wav("Ben.wav", ben);
        List<JsonNode> frames = play(OVERLAP, SoundSource.of(folder), 1, 20);
        ByteArrayOutputStream expected = new ByteArrayOutputStream();
        expected.writeBytes(repeated(ana, 0, BYTES_PER_SECOND));
        expected.writeBytes(sum(repeated(ana, BYTES_PER_SECOND, BYTES_PER_SECOND), repeated(ben, 0, BYTES_PER_SECOND)));
        expected.writeBytes(repeated(ben, BYTES_PER_SECOND, BYTES_PER_SECOND));
        expected.writeBytes(repeated(ana, 2 * BYTES_PER_SECOND, BYTES_PER_SECOND));
        assertArrayEquals(expected.toByteArray(), bytes(frames));
    }

    private static byte[] sum(byte[] one, byte[] other) {
        byte[] sum = new byte[one.length];
        for (int at = 0; at < sum.length; at += 2) {
            int both = sample(one, at) + sample(other, at);
            int clipped = Math.max(-32768, Math.min(32767, both));
            sum[at] = (byte) clipped;
            sum[at + 1] = (byte) (clipped >> 8);
        }
        return sum;
    }

    private static int sample(byte[] samples, int at) {
        return (short) ((samples[at] & 0xFF) | samples[at + 1] << 8);
    }

    @Test
    void everySpeakerHasAStreamAndAPlaceInTheFile() throws Exception {
        byte[] samples = WavBytes.noise(4, 10 * BYTES_PER_SECOND);
        List<JsonNode> frames = play(OVERLAP, wav("all.wav", samples), 2, 20);
        List<JsonNode> ana = frames.stream()
                .filter(frame -> frame.path("user_name").asText().equals("Ana"))
                .toList();
        List<JsonNode> ben = frames.stream()
                .filter(frame -> frame.path("user_name").asText().equals("Ben"))
                .toList();
        assertArrayEquals(repeated(samples, 0, 3 * BYTES_PER_SECOND), bytes(ana));
        assertArrayEquals(repeated(samples, 0, 2 * BYTES_PER_SECOND), bytes(ben));
        assertEquals(0x01000400, ana.getFirst().path("user_id").asLong());
        assertEquals(0x01000800, ben.getFirst().path("user_id").asLong());
        assertEquals(
                1000,
                ben.getFirst().path("timestamp").asLong()
                        - ana.getFirst().path("timestamp").asLong());
    }

    @Test
    void withoutAFileEverySpeakerHasAToneOfTheirOwn() throws Exception {
        List<JsonNode> frames = play(OVERLAP, SoundSource.tones(), 2, 1000);
        assertEquals(5, frames.size());
        byte[] ana = bytes(frames.subList(0, 1));
        byte[] ben = bytes(frames.stream()
                .filter(frame -> frame.path("user_name").asText().equals("Ben"))
                .limit(1)
                .toList());
        assertFalse(java.util.Arrays.equals(ana, ben));
    }

    @Test
    void audioOfAnInterruptionFollowsAfterIt() throws Exception {
        byte[] samples = WavBytes.noise(5, 10 * BYTES_PER_SECOND);
        try (SimulatedZoom zoom = new SimulatedZoom()) {
            PlayOptions options = PlayOptions.defaults().withSpeed(2).withSound(wav("one.wav", samples));
            SimulatedMeeting meeting = zoom.play(FIVE_SECONDS, options);
            ByteArrayOutputStream heard = new ByteArrayOutputStream();
            try (Client signaling = zoom.signaling(meeting)) {
                Client first = zoom.media(meeting, MEDIA_AUDIO);
                signaling.send(ready(meeting));
                Awaitility.await().until(() -> meeting.audioFramesSent() > 30);
                assertTrue(meeting.dropMedia(MediaType.AUDIO));
                first.closeCode();
                heard.writeBytes(bytes(contents(first)));
                try (Client second = zoom.media(meeting, MEDIA_AUDIO)) {
                    signaling.send(ready(meeting));
                    assertEquals(Optional.of(StopReason.MEETING_ENDED), meeting.awaitEnd(Client.PATIENCE));
                    second.closeCode();
                    heard.writeBytes(bytes(contents(second)));
                }
            }
            assertArrayEquals(repeated(samples, 0, 5 * BYTES_PER_SECOND), heard.toByteArray());
            assertEquals(250, meeting.audioFramesSent());
            assertEquals(0, meeting.audioFramesLost());
        }
    }

    @Test
    void audioFromBeforeTheClientWasReadyIsLeftOutWhereItIsNotWanted() throws Exception {
        String webVtt = """
                WEBVTT

                00:00.000 --> 00:01.000
                <v Ana>Nobody hears this,</v>

                00:01.000 --> 00:05.000
                <v Ana>but the end of this.</v>
                """;
        try (SimulatedZoom zoom = new SimulatedZoom()) {
            SimulatedMeeting meeting = zoom.play(webVtt, 2);
            ObjectNode request = SimulatedZoom.signalingRequest(meeting).put("buffer_data", false);
            try (Client signaling = zoom.connect().send(request);
                    Client transcript = zoom.mediaAfterSignaling(signaling, meeting, 8)) {
                signaling.send(ready(meeting));
                transcript.expect(Messages.TRANSCRIPT);
                try (Client audio = zoom.media(meeting, MEDIA_AUDIO)) {
                    signaling.send(ready(meeting));
                    assertEquals(Optional.of(StopReason.MEETING_ENDED), meeting.awaitEnd(Client.PATIENCE));
                    audio.closeCode();
                    assertTrue(meeting.audioFramesLost() >= 50, "the first second was sent");
                    assertEquals(
                            250, meeting.audioFramesLost() + contents(audio).size());
                }
            }
        }
    }

    @Test
    void aClientThatStopsReadingStopsThePlayerAndLosesNothing() throws Exception {
        String webVtt = "WEBVTT\n\n00:00.000 --> 10:00.000\n<v Ana>Ten minutes without a breath.</v>\n";
        int frames = 10 * 60 * 50;
        try (SimulatedZoom zoom = new SimulatedZoom("keep-alive-interval", "60S")) {
            SimulatedMeeting meeting = zoom.play(webVtt, 10_000);
            try (Client signaling = zoom.signaling(meeting);
                    Client audio = zoom.media(meeting, MEDIA_AUDIO)) {
                audio.stopReading();
                signaling.send(ready(meeting));
                Awaitility.await().until(() -> meeting.audioFramesSent() > 100);
                long[] before = {-1};
                Awaitility.await().pollInterval(Duration.ofMillis(300)).until(() -> {
                    long now = meeting.audioFramesSent();
                    boolean stands = now == before[0];
                    before[0] = now;
                    return stands;
                });
                assertTrue(before[0] < frames, "all " + frames + " frames went into memory");
                audio.readOn();
                assertEquals(Optional.of(StopReason.MEETING_ENDED), meeting.awaitEnd(Client.PATIENCE.multipliedBy(3)));
                audio.closeCode();
                List<JsonNode> heard = contents(audio);
                assertEquals(frames, heard.size());
                for (int i = 1; i < frames; i++) {
                    assertEquals(
                            heard.get(i - 1).path("timestamp").asLong() + 20,
                            heard.get(i).path("timestamp").asLong());
                }
            }
        }
    }

    private SoundSource wav(String name, byte[] samples) throws Exception {
        return SoundSource.of(Files.write(folder.resolve(name), WavBytes.file(samples)));
    }

    private static List<JsonNode> play(String webVtt, SoundSource sound, int dataOption, int sendRate)
            throws Exception {
        try (SimulatedZoom zoom = new SimulatedZoom()) {
            SimulatedMeeting meeting =
                    zoom.play(webVtt, PlayOptions.defaults().withSpeed(50).withSound(sound));
            ObjectNode request = mediaRequest(meeting, MEDIA_AUDIO);
            request.putObject("media_params")
                    .putObject("audio")
                    .put("data_opt", dataOption)
                    .put("send_rate", sendRate);
            try (Client signaling = zoom.signaling(meeting);
                    Client media = zoom.media(request)) {
                signaling.send(ready(meeting));
                assertEquals(Optional.of(StopReason.MEETING_ENDED), meeting.awaitEnd(Client.PATIENCE));
                media.closeCode();
                return contents(media);
            }
        }
    }

    private static List<JsonNode> contents(Client media) {
        return media.received.stream()
                .filter(message -> message.path("msg_type").asInt() == Messages.AUDIO)
                .map(message -> message.path("content"))
                .toList();
    }

    private static byte[] bytes(List<JsonNode> frames) throws Exception {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (JsonNode frame : frames) {
            bytes.writeBytes(frame.path("data").binaryValue());
        }
        return bytes.toByteArray();
    }

    private static byte[] repeated(byte[] samples, int from, int length) {
        byte[] expected = new byte[length];
        for (int i = 0; i < length; i++) {
            expected[i] = samples[(from + i) % samples.length];
        }
        return expected;
    }
}
