package io.rtms.simulator.script;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WebVttTest {
    @Test
    void readsCuesWithEverythingAround() {
        String webVtt = """
                \uFEFFWEBVTT - a title

                NOTE a remark
                over two lines

                STYLE
                ::cue { color: red }

                intro
                00:01.000 --> 00:02.500 align:start line:0
                <v Ana María>First line
                and the second.</v>

                2
                01:00:00.000 --> 01:00:01.000
                <v.loud Jörg>R&amp;D says: 1 &lt; 2, <i>always</i> 🚲</v>
                """;
        assertEquals(
                List.of(
                        new Cue(1000, 2500, "Ana María", "First line and the second."),
                        new Cue(3_600_000, 3_601_000, "Jörg", "R&D says: 1 < 2, always 🚲")),
                MeetingScript.parse("test", webVtt).cues());
    }

    @Test
    void severalVoicesInACueAreSeveralCues() {
        String webVtt = "WEBVTT\n\n00:00.000 --> 00:01.000\n<v A>Yes.</v>\n<v B>No.\n";
        assertEquals(
                List.of(new Cue(0, 1000, "A", "Yes."), new Cue(0, 1000, "B", "No.")),
                MeetingScript.parse("test", webVtt).cues());
    }

    @Test
    void aVoiceNeedsNoEndTagAndACueNoVoice() {
        String webVtt =
                "WEBVTT\r\n\r\n00:00.000 --> 00:01.000\r\n<v A>Open\r\n\r\n00:01.000 --> 00:02.000\r\nWho said this?";
        List<Cue> cues = MeetingScript.parse("test", webVtt).cues();
        assertEquals(new Cue(0, 1000, "A", "Open"), cues.getFirst());
        assertEquals("Who said this?", cues.getLast().text());
    }

    @Test
    void roundedSecondsAreTheNextMinute() {
        String webVtt = "WEBVTT\n\n00:32:59.300 --> 00:32:60.000\n<v A>Just in time.</v>";
        assertEquals(1_980_000, MeetingScript.parse("test", webVtt).durationMs());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "1 | '' ",
                "1 | 'Hello'",
                "1 | 'WEBVTTX'",
                "1 | 'WEBVTT\n'",
                "3 | 'WEBVTT\n\n00:00.000 -> 00:01.000\nwords'",
                "3 | 'WEBVTT\n\n0:00 --> 00:01.000\nwords'",
                "3 | 'WEBVTT\n\n00:61.000 --> 00:62.000\nwords'",
                "3 | 'WEBVTT\n\n00:02.000 --> 00:01.000\nwords'",
                "3 | 'WEBVTT\n\n99999999999:00:00.000 --> 99999999999:00:01.000\nwords'",
                "5 | 'WEBVTT\n\n00:00.000 --> 00:01.000\nwords\n00:01.000 --> 00:02.000\nwords'",
                "6 | 'WEBVTT\n\n00:00.000 --> 00:01.000\nwords\n\nid\nno times'",
            })
    void namesTheLineThatIsWrong(int line, String webVtt) {
        ScriptException e = assertThrows(ScriptException.class, () -> MeetingScript.parse("bad.vtt", webVtt));
        assertTrue(e.getMessage().startsWith("bad.vtt, line "), e.getMessage());
        assertEquals(line, e.line(), e.getMessage());
    }

    @Test
    void namesTheFileThatCannotBeRead(@TempDir Path folder) {
        Path missing = folder.resolve("missing.vtt");
        ScriptException e = assertThrows(ScriptException.class, () -> MeetingScript.read(missing));
        assertTrue(e.getMessage().contains(missing.toString()));
    }

    @Test
    void theDemoMeetingIsWorthWatching() {
        MeetingScript demo = MeetingScript.demo();
        assertEquals(4, demo.speakers().size());
        assertTrue(demo.durationMs() > 150_000 && demo.durationMs() < 240_000);
        assertTrue(demo.cues().stream().anyMatch(cue -> cue.text().contains("🍫")));
        for (int i = 1; i < demo.cues().size(); i++) {
            assertTrue(
                    demo.cues().get(i).endMs() > demo.cues().get(i - 1).endMs(), "cues end in the order of the file");
        }
    }

    @ParameterizedTest
    @CsvSource({"ami-es2002a.vtt, 375", "committee-covid-4.vtt, 1060"})
    void readsRealMeetings(String file, int cues) throws Exception {
        Path path = Path.of("../shared/data/meetings", file);
        Assumptions.assumeTrue(Files.exists(path), "the real meetings are not beside this project");
        MeetingScript script = MeetingScript.read(path);
        assertEquals(cues, script.cues().size());
        String text = Files.readString(path);
        for (Cue cue : script.cues()) {
            assertTrue(text.contains("<v " + cue.speaker() + ">" + cue.text() + "</v>"), cue.text());
        }
    }
}
