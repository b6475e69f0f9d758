package io.rtms.simulator.script;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.rtms.event.ChatOperation;
import io.rtms.event.ChatSessionType;
import io.rtms.event.SessionState;
import io.rtms.media.MediaType;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Reads happenings from JSON Lines: an object a line with {@code atMs}, {@code what}, and what that needs. Blank lines are passed over. Nothing
 * else is: a field that is missing, wrong or unknown is an error that names its line. One instance reads one text.
 *
 * <pre>
 *   chat                    by, id, text, replyTo?, to?, session?, sessionId?, files? [{id, name, size}]
 *   edit                    by, id, text
 *   delete                  by, id, files? [id]
 *   react, unreact          by, id, emoji
 *   say                     by, text
 *   share, video-on, video-off, join, leave     by
 *   unshare, pause, resume
 *   event                   type (number or name), fields?
 *   metadata                medium, content
 *   fault                   fault, moment?, times?, and what {@link FaultFields} says
 * </pre>
 */
final class HappeningLines {
    private static final ObjectMapper JSON = new ObjectMapper()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION);

    private record Line(int number, TimedHappening happening) {}

    private final String name;
    private final Set<String> known;
    private final List<Line> lines = new ArrayList<>();

    /** @param speakers people who need not join to be there */
    HappeningLines(String name, List<String> speakers) {
        this.name = name;
        this.known = new HashSet<>(speakers);
    }

    /** Throws {@link ScriptException} with the line that is wrong. */
    List<TimedHappening> read(String text) {
        int number = 0;
        for (String line : text.lines().toList()) {
            number++;
            if (!line.isBlank()) {
                lines.add(new Line(number, parse(number, line)));
            }
        }
        checkPeople();
        return lines.stream().map(Line::happening).toList();
    }

    private TimedHappening parse(int number, String line) {
        try {
            if (!(JSON.readTree(line) instanceof ObjectNode object)) {
                throw new ScriptException(
                        name, number, "expected an object: {\"atMs\": 1000, \"what\": \"chat\", ...}");
            }
            LineFields fields = new LineFields(name, number, object);
            long atMs = fields.number("atMs");
            Happening what = what(fields);
            fields.rejectOthers();
            return new TimedHappening(atMs, what);
        } catch (JsonProcessingException e) {
            throw new ScriptException(name, number, "is no JSON: " + e.getOriginalMessage());
        }
    }

    private static Happening what(LineFields fields) {
        String what = fields.text("what");
        return switch (what) {
            case "chat" -> chat(fields);
            case "edit" -> ChatMessage.edited(fields.text("by"), fields.text("id"), fields.text("text"));
            case "delete" ->
                ChatMessage.deleted(fields.text("by"), fields.text("id")).withoutFiles(fields.texts("files"));
            case "react" -> ChatMessage.reaction(fields.text("by"), fields.text("id"), fields.text("emoji"));
            case "unreact" -> ChatMessage.reactionRemoved(fields.text("by"), fields.text("id"), fields.text("emoji"));
            case "say" -> new Happening.Said(fields.text("by"), fields.text("text"));
            case "share" -> new Happening.SharingStarted(fields.text("by"));
            case "unshare" -> new Happening.SharingStopped();
            case "video-on" -> new Happening.VideoTurned(fields.text("by"), true);
            case "video-off" -> new Happening.VideoTurned(fields.text("by"), false);
            case "join" -> new Happening.Joined(fields.text("by"));
            case "leave" -> new Happening.Left(fields.text("by"));
            case "pause" -> new Happening.SessionChanged(SessionState.PAUSED);
            case "resume" -> new Happening.SessionChanged(SessionState.RESUMED);
            case "event" -> new Happening.Event(fields.eventNumber("type"), fields.object("fields"));
            case "metadata" ->
                new Happening.Metadata(
                        fields.choice("medium", MediaType.class, MediaType::label), fields.object("content"));
            case "fault" -> new Happening.Broken(FaultFields.read(fields));
            default ->
                throw fields.wrong(
                        "what",
                        "\"" + what + "\" is none of chat, edit, delete, react, unreact, say, share, unshare, video-on,"
                                + " video-off, join, leave, pause, resume, event, metadata, fault");
        };
    }

    private static ChatMessage chat(LineFields fields) {
        return new ChatMessage(
                fields.text("by"),
                ChatOperation.NEW,
                fields.text("id"),
                fields.text("text"),
                fields.textOr("replyTo", ""),
                fields.has("session")
                        ? fields.choice("session", ChatSessionType.class, Enum::name)
                        : ChatSessionType.EVERYONE,
                fields.textOr("sessionId", ""),
                fields.texts("to"),
                fields.objects("files").stream().map(HappeningLines::file).toList(),
                List.of());
    }

    private static ChatMessage.File file(LineFields fields) {
        ChatMessage.File file = new ChatMessage.File(fields.text("id"), fields.text("name"), fields.number("size"));
        fields.rejectOthers();
        return file;
    }

    /** Whoever neither speaks nor joins is most likely misspelt. */
    private void checkPeople() {
        lines.stream()
                .map(line -> line.happening().what())
                .filter(Happening.Joined.class::isInstance)
                .flatMap(Happening::people)
                .forEach(known::add);
        for (Line line : lines) {
            Stream<String> strangers = line.happening().what().people().filter(who -> !known.contains(who));
            strangers.findFirst().ifPresent(who -> {
                throw new ScriptException(
                        name, line.number(), "\"" + who + "\" neither speaks in this meeting nor joins it");
            });
        }
    }
}
