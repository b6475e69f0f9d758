package io.rtms.simulator;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.rtms.media.VideoCodec;
import io.rtms.media.VideoResolution;
import io.rtms.simulator.picture.PictureSource;
import io.rtms.simulator.script.Happening;
import io.rtms.simulator.script.MeetingScript;
import io.rtms.simulator.script.ScriptException;
import io.rtms.simulator.script.TimedHappening;
import io.rtms.simulator.sound.WavBytes;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfiguredFilesTest {
    private static final String WORDS = "WEBVTT\n\n00:00.000 --> 00:01.000\n<v Ana>One.</v>\n";

    @TempDir
    Path folder;

    @Test
    void wordsAndHappeningsComeFromTheirFiles() throws Exception {
        String words = write("words.vtt", WORDS);
        String happenings = write("happenings.jsonl", "{\"atMs\": 5, \"what\": \"share\", \"by\": \"Ana\"}");
        try (SimulatedZoom zoom = new SimulatedZoom("meeting", words, "happenings", happenings)) {
            MeetingScript script = zoom.simulator().configuredScript();
            assertEquals(List.of("Ana"), script.speakers());
            assertEquals(List.of(new TimedHappening(5, new Happening.SharingStarted("Ana"))), script.happenings());
        }
    }

    @Test
    void withoutFilesTheDemoMeetingIsPlayedAndOtherMeetingsHaveNoHappenings() throws Exception {
        try (SimulatedZoom zoom = new SimulatedZoom()) {
            assertEquals(MeetingScript.demo(), zoom.simulator().configuredScript());
            assertTrue(!zoom.simulator().configuredScript().happenings().isEmpty());
        }
        try (SimulatedZoom zoom = new SimulatedZoom("meeting", write("words.vtt", WORDS))) {
            assertTrue(zoom.simulator().configuredScript().happenings().isEmpty());
        }
    }

    @Test
    void happeningsThatDoNotFitTheMeetingAreRefused() throws Exception {
        String happenings = write("happenings.jsonl", "{\"atMs\": 5, \"what\": \"share\", \"by\": \"Ana\"}");
        try (SimulatedZoom zoom = new SimulatedZoom("happenings", happenings)) {
            assertThrows(ScriptException.class, () -> zoom.simulator().configuredScript());
        }
    }

    @Test
    void soundAndPicturesComeFromTheirFiles() throws Exception {
        byte[] samples = WavBytes.noise(1, 640);
        Path wav = Files.write(folder.resolve("all.wav"), WavBytes.file(samples));
        Path face = Ffmpeg.make(folder.resolve("face.png"), "-f", "lavfi", "-i", "color=size=16x16", "-frames:v", "1");
        Path slide =
                Ffmpeg.make(folder.resolve("slide.png"), "-f", "lavfi", "-i", "color=size=32x16", "-frames:v", "1");
        try (SimulatedZoom zoom =
                new SimulatedZoom("audio", wav.toString(), "video", face.toString(), "share", slide.toString())) {
            PlayOptions options = zoom.simulator().configuredOptions();
            byte[] heard = new byte[640];
            options.sound().of("Ana", 0).peek(heard);
            assertArrayEquals(samples, heard);
            assertArrayEquals(Files.readAllBytes(face), shown(options.video()));
            assertArrayEquals(Files.readAllBytes(slide), shown(options.share()));
        }
    }

    private static byte[] shown(PictureSource source) {
        return source.of(new PictureSource.Wish("Ana", List.of("Ana"), VideoCodec.PNG, VideoResolution.HD))
                .frame(0);
    }

    private String write(String name, String text) throws Exception {
        return Files.writeString(folder.resolve(name), text).toString();
    }
}
