package io.rtms.simulator.script;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Everything that is said in a meeting, in the order of the file. Immutable; many meetings may play one script at a time.
 *
 * @param name where it comes from, for messages
 * @param cues what is said, in the order of the file; at least one
 */
public record MeetingScript(String name, List<Cue> cues) {
    private static final String DEMO = "/simulator/demo-meeting.vtt";

    public MeetingScript {
        cues = List.copyOf(cues);
        if (cues.isEmpty()) {
            throw new IllegalArgumentException(name + " has no cues");
        }
    }

    /** Reads a WebVTT file; throws {@link ScriptException} where that is not possible. */
    public static MeetingScript read(Path file) {
        try {
            return parse(file.toString(), Files.readString(file));
        } catch (IOException e) {
            throw new ScriptException(file.toString(), "cannot be read as UTF-8 text (" + e + ")", e);
        }
    }

    /** Reads WebVTT; throws {@link ScriptException} with the line that is wrong. */
    public static MeetingScript parse(String name, String webVtt) {
        return new MeetingScript(name, new WebVtt(name, webVtt).cues());
    }

    /** The meeting that comes with the simulator. */
    public static MeetingScript demo() {
        try (InputStream demo = MeetingScript.class.getResourceAsStream(DEMO)) {
            if (demo == null) {
                throw new ScriptException(DEMO, "is missing from the application", null);
            }
            return parse(DEMO, new String(demo.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new ScriptException(DEMO, "cannot be read", e);
        }
    }

    /** Who speaks, in the order of their first words. */
    public List<String> speakers() {
        return cues.stream().map(Cue::speaker).distinct().toList();
    }

    /** When the last word has been said, milliseconds since the meeting's start. */
    public long durationMs() {
        return cues.stream().mapToLong(Cue::endMs).max().orElse(0);
    }
}
