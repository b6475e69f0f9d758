package io.rtms.simulator;

import static io.rtms.simulator.SimulatedZoom.MEDIA_TRANSCRIPT;
import static io.rtms.simulator.SimulatedZoom.ready;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.rtms.event.StopReason;
import io.rtms.simulator.script.Cue;
import io.rtms.simulator.script.MeetingScript;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PlayingTest {
    @Test
    void playsEveryCueOfTheDemoMeetingOnceAndInOrder() throws Exception {
        try (SimulatedZoom zoom = new SimulatedZoom()) {
            MeetingScript demo = MeetingScript.demo();
            List<JsonNode> heard = play(zoom, demo, PlayOptions.defaults().withSpeed(100));
            assertSameWords(demo, heard);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"ami-es2002a.vtt", "committee-covid-4.vtt"})
    void losesNoWordOfARealMeetingAtTwoHundredTimesItsSpeed(String file) throws Exception {
        Path path = Path.of("../shared/data/meetings", file);
        Assumptions.assumeTrue(Files.exists(path), "the real meetings are not beside this project");
        try (SimulatedZoom zoom = new SimulatedZoom()) {
            MeetingScript script = MeetingScript.read(path);
            List<JsonNode> heard =
                    play(zoom, script, PlayOptions.defaults().withSpeed(script.durationMs() > 3_600_000 ? 2000 : 200));
            assertSameWords(script, heard);
        }
    }

    @ParameterizedTest
    @CsvSource({"TEXT, 0", "BINARY, 0", "MIXED, 0", "TEXT, 7", "BINARY, 7", "MIXED, 50"})
    void deliversTheSameWordsInEveryKindOfFrame(FrameMode mode, int fragmentBytes) throws Exception {
        String webVtt = """
                WEBVTT

                00:00.000 --> 00:01.000
                <v Jörg Brückner>Grüße aus Köln, 🚲 und für jede Faser ein ß.</v>

                00:01.000 --> 00:02.000
                <v 山田>自転車の修理は楽しい。</v>
                """;
        try (SimulatedZoom zoom = new SimulatedZoom()) {
            MeetingScript script = MeetingScript.parse("frames", webVtt);
            PlayOptions options = PlayOptions.defaults().withSpeed(20).withFraming(new Framing(mode, fragmentBytes));
            SimulatedMeeting meeting = zoom.play(webVtt, options);
            try (Client signaling = zoom.signaling(meeting);
                    Client media = zoom.media(meeting, MEDIA_TRANSCRIPT)) {
                signaling.send(ready(meeting));
                for (Cue cue : script.cues()) {
                    JsonNode content = media.expect(Messages.TRANSCRIPT).path("content");
                    assertEquals(cue.text(), content.path("data").asText());
                    assertEquals(cue.speaker(), content.path("user_name").asText());
                }
                int messages = media.textFrames.get() + media.binaryFrames.get();
                assertEquals(mode != FrameMode.TEXT, media.binaryFrames.get() > 0);
                assertEquals(mode != FrameMode.BINARY, media.textFrames.get() > 0);
                assertEquals(fragmentBytes > 0, media.fragments.get() > messages);
            }
        }
    }

    @Test
    void transcriptsCarryTheMeetingsOwnTimes() throws Exception {
        try (SimulatedZoom zoom = new SimulatedZoom()) {
            MeetingScript demo = MeetingScript.demo();
            List<JsonNode> heard = play(zoom, demo, PlayOptions.defaults().withSpeed(100));
            long start = heard.getFirst().path("start_time").asLong()
                    - demo.cues().getFirst().beginMs();
            for (int i = 0; i < heard.size(); i++) {
                Cue cue = demo.cues().get(i);
                assertEquals(
                        start + cue.beginMs(), heard.get(i).path("start_time").asLong());
                assertEquals(
                        start + cue.beginMs(), heard.get(i).path("timestamp").asLong());
                assertEquals(start + cue.endMs(), heard.get(i).path("end_time").asLong());
                assertEquals(9, heard.get(i).path("language").asInt());
                assertEquals(1, heard.get(i).path("attribute").asInt());
            }
            assertEquals(0x01000400, heard.getFirst().path("user_id").asLong());
            assertEquals(
                    List.of(0x01000400L, 0x01000800L, 0x01000C00L, 0x01001000L),
                    heard.stream()
                            .map(one -> one.path("user_id").asLong())
                            .distinct()
                            .toList());
        }
    }

    @Test
    void countsWordsAsLostWhileNobodyHasTheTranscriptConnected() throws Exception {
        try (SimulatedZoom zoom = new SimulatedZoom()) {
            MeetingScript demo = MeetingScript.demo();
            SimulatedMeeting meeting = zoom.simulator()
                    .play(demo, PlayOptions.defaults().withSpeed(500).withWebhooks(false));
            try (Client signaling = zoom.signaling(meeting);
                    Client video = zoom.media(meeting, 2)) {
                signaling.send(ready(meeting));
                assertEquals(Optional.of(StopReason.MEETING_ENDED), meeting.awaitEnd(Client.PATIENCE));
            }
            assertEquals(0, meeting.transcriptsSent());
            assertEquals(demo.cues().size(), meeting.transcriptsLost());
            assertEquals(0, meeting.audioFramesSent());
        }
    }

    private static List<JsonNode> play(SimulatedZoom zoom, MeetingScript script, PlayOptions options) throws Exception {
        SimulatedMeeting meeting = zoom.simulator().play(script, options.withWebhooks(false));
        try (Client signaling = zoom.signaling(meeting);
                Client media = zoom.media(meeting, MEDIA_TRANSCRIPT)) {
            signaling.send(ready(meeting));
            assertEquals(Optional.of(StopReason.MEETING_ENDED), meeting.awaitEnd(Client.PATIENCE.multipliedBy(3)));
            assertEquals(1000, media.closeCode());
            assertEquals(script.cues().size(), meeting.transcriptsSent());
            assertEquals(0, meeting.transcriptsLost());
            return media.received.stream()
                    .map(message -> message.path("content"))
                    .toList();
        }
    }

    private static void assertSameWords(MeetingScript script, List<JsonNode> heard) {
        assertEquals(
                script.cues().stream().map(Cue::text).toList(),
                heard.stream().map(content -> content.path("data").asText()).toList());
        assertEquals(
                script.cues().stream().map(Cue::speaker).toList(),
                heard.stream()
                        .map(content -> content.path("user_name").asText())
                        .toList());
        assertTrue(heard.size() > 40);
    }
}
