package io.rtms.simulator.script;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * Everything that is said and happens in a meeting. Immutable; many meetings may play one script at a time.
 *
 * @param name where it comes from, for messages
 * @param cues what is said, in the order of the file; at least one
 * @param happenings what happens besides, in the order in which it is played where times are the same
 */
public record MeetingScript(String name, List<Cue> cues, List<TimedHappening> happenings) {
    private static final String DEMO = "/simulator/demo-meeting.vtt";
    private static final String DEMO_HAPPENINGS = "/simulator/demo-happenings.jsonl";

    public MeetingScript {
        cues = List.copyOf(cues);
        happenings = List.copyOf(happenings);
        if (cues.isEmpty()) {
            throw new IllegalArgumentException(name + " has no cues");
        }
    }

    /** Words only. */
    public MeetingScript(String name, List<Cue> cues) {
        this(name, cues, List.of());
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
        return parse(DEMO, resource(DEMO)).withHappenings(DEMO_HAPPENINGS, resource(DEMO_HAPPENINGS));
    }

    private static String resource(String name) {
        try (InputStream stream = MeetingScript.class.getResourceAsStream(name)) {
            if (stream == null) {
                throw new ScriptException(name, "is missing from the application", null);
            }
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new ScriptException(name, "cannot be read", e);
        }
    }

    /** The same words with the happenings of a JSON Lines file; throws {@link ScriptException} where that is not possible. */
    public MeetingScript withHappenings(Path file) {
        try {
            return withHappenings(file.toString(), Files.readString(file));
        } catch (IOException e) {
            throw new ScriptException(file.toString(), "cannot be read as UTF-8 text (" + e + ")", e);
        }
    }

    /** The same words with happenings in JSON Lines; throws {@link ScriptException} with the line that is wrong. */
    public MeetingScript withHappenings(String source, String jsonLines) {
        return withHappenings(new HappeningLines(source, speakers()).read(jsonLines));
    }

    /** The same words with other happenings. */
    public MeetingScript withHappenings(List<TimedHappening> newHappenings) {
        return new MeetingScript(name, cues, newHappenings);
    }

    /** The same, and this happens too, after what is there for the same time. */
    public MeetingScript with(long atMs, Happening what) {
        return withHappenings(Stream.concat(happenings.stream(), Stream.of(new TimedHappening(atMs, what)))
                .toList());
    }

    /** Who speaks, in the order of their first words. */
    public List<String> speakers() {
        return cues.stream().map(Cue::speaker).distinct().toList();
    }

    /** Everybody who is ever there: those who speak first, then those whom happenings name. */
    public List<String> people() {
        Stream<String> others = happenings.stream().flatMap(one -> one.what().people());
        return Stream.concat(cues.stream().map(Cue::speaker), others).distinct().toList();
    }

    /** Those of {@link #people()} who are there when the meeting begins: all but those who join later. */
    public List<String> present() {
        return people().stream().filter(who -> !joinsLater(who)).toList();
    }

    private boolean joinsLater(String who) {
        return happenings.stream()
                .sorted((a, b) -> Long.compare(a.atMs(), b.atMs()))
                .map(TimedHappening::what)
                .filter(what -> what.equals(new Happening.Joined(who)) || what.equals(new Happening.Left(who)))
                .findFirst()
                .filter(Happening.Joined.class::isInstance)
                .isPresent();
    }

    /** When the last word has been said and the last thing has happened, milliseconds since the meeting's start. */
    public long durationMs() {
        return Stream.concat(cues.stream().map(Cue::endMs), happenings.stream().map(TimedHappening::atMs))
                .mapToLong(Long::longValue)
                .max()
                .orElse(0);
    }
}
