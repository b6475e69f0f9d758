package com.example.recorder;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.rtms.simulator.script.MeetingScript;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VttFileTest {
    @TempDir
    Path folder;

    @Test
    void linesAreCuesWhateverTheyHold() throws Exception {
        List<String> cues = cues(file -> {
            file.write("1", 1000, 2500, "Ann", "One.");
            file.write("2", 3_601_000, 0, "Bob <b> & Co", "1 < 2 & 3 --> 4\n\n00:00.000 --> 00:01.000\nnot a cue");
        });
        assertEquals(
                List.of(
                        "1000-2500 Ann: One.",
                        "3601000-3603000 Bob <b> & Co: 1 < 2 & 3 --> 4 00:00.000 --> 00:01.000 not a cue"),
                cues);
    }

    @Test
    void aCorrectedLineTakesThePlaceOfTheFirst() throws Exception {
        List<String> cues = cues(file -> {
            file.write("1", 0, 1000, "Ann", "On.");
            file.write("2", 1000, 2000, "Ann", "Two.");
            file.write("3", 2000, 3000, "Ann", "Not for the record.");
            file.write("1", 0, 1000, "Ann", "One.");
            file.withdraw("3");
            file.withdraw("nobody's");
        });
        assertEquals(
                List.of("0-1000 Ann: One.", "1000-2000 Ann: Two."),
                cues.stream().sorted().toList());
    }

    private interface Lines {
        void writeTo(VttFile file) throws Exception;
    }

    private List<String> cues(Lines lines) throws Exception {
        Path path = folder.resolve("a.vtt");
        try (VttFile file = new VttFile(path)) {
            lines.writeTo(file);
        }
        return MeetingScript.parse("recorded", Files.readString(path)).cues().stream()
                .map(cue -> "%d-%d %s: %s".formatted(cue.beginMs(), cue.endMs(), cue.speaker(), cue.text()))
                .toList();
    }
}
