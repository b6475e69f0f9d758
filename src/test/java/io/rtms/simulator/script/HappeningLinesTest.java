package io.rtms.simulator.script;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.rtms.event.ChatOperation;
import io.rtms.event.ChatSessionType;
import io.rtms.event.SessionState;
import io.rtms.media.MediaType;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HappeningLinesTest {
    private static final MeetingScript WORDS = MeetingScript.parse(
            "words",
            "WEBVTT\n\n00:00.000 --> 00:01.000\n<v Ana>One.</v>\n\n00:01.000 --> 00:02.000\n<v Ben>Two.</v>\n");

    @Test
    void readsEverythingThatCanHappen() throws Exception {
        String lines = """
                {"atMs": 0, "what": "chat", "by": "Ana", "id": "m1", "text": "Hello"}
                {"atMs": 1, "what": "chat", "by": "Ben", "id": "m2", "text": "See here", "replyTo": "m1", "to": ["Ana"], \
                "session": "individual", "sessionId": "c1", "files": [{"id": "f1", "name": "a.pdf", "size": 12}]}
                {"atMs": 2, "what": "edit", "by": "Ana", "id": "m1", "text": "Hello all"}

                {"atMs": 3, "what": "delete", "by": "Ben", "id": "m2", "files": ["f1"]}
                {"atMs": 4, "what": "react", "by": "Ben", "id": "m1", "emoji": "👍"}
                {"atMs": 5, "what": "unreact", "by": "Ben", "id": "m1", "emoji": "👍"}
                {"atMs": 6, "what": "share", "by": "Ana"}
                {"atMs": 7, "what": "unshare"}
                {"atMs": 8, "what": "video-off", "by": "Ana"}
                {"atMs": 9, "what": "video-on", "by": "Ana"}
                {"atMs": 10, "what": "join", "by": "Zoë"}
                {"atMs": 11, "what": "say", "by": "Zoë", "text": "Sorry!"}
                {"atMs": 12, "what": "leave", "by": "Zoë"}
                {"atMs": 13, "what": "event", "type": 12, "fields": {"group_id": "g"}}
                {"atMs": 14, "what": "event", "type": "chat_group_delete"}
                {"atMs": 15, "what": "event", "type": "TRANSFER_ACCEPTED"}
                {"atMs": 16, "what": "metadata", "medium": "transcript", "content": {"user_id": 1}}
                {"atMs": 17, "what": "pause"}
                {"atMs": 18, "what": "resume"}
                """;
        List<TimedHappening> happenings =
                WORDS.withHappenings("all.jsonl", lines).happenings();
        ObjectNode none = json("{}");
        List<Happening> expected = List.of(
                ChatMessage.of("Ana", "m1", "Hello"),
                new ChatMessage(
                        "Ben",
                        ChatOperation.NEW,
                        "m2",
                        "See here",
                        "m1",
                        ChatSessionType.INDIVIDUAL,
                        "c1",
                        List.of("Ana"),
                        List.of(new ChatMessage.File("f1", "a.pdf", 12)),
                        List.of()),
                ChatMessage.edited("Ana", "m1", "Hello all"),
                ChatMessage.deleted("Ben", "m2").withoutFiles(List.of("f1")),
                ChatMessage.reaction("Ben", "m1", "👍"),
                ChatMessage.reactionRemoved("Ben", "m1", "👍"),
                new Happening.SharingStarted("Ana"),
                new Happening.SharingStopped(),
                new Happening.VideoTurned("Ana", false),
                new Happening.VideoTurned("Ana", true),
                new Happening.Joined("Zoë"),
                new Happening.Said("Zoë", "Sorry!"),
                new Happening.Left("Zoë"),
                new Happening.Event(12, json("{\"group_id\":\"g\"}")),
                new Happening.Event(11, none),
                new Happening.Event(20, none),
                new Happening.Metadata(MediaType.TRANSCRIPT, json("{\"user_id\":1}")),
                new Happening.SessionChanged(SessionState.PAUSED),
                new Happening.SessionChanged(SessionState.RESUMED));
        assertEquals(expected, happenings.stream().map(TimedHappening::what).toList());
        for (int i = 0; i < happenings.size(); i++) {
            assertEquals(i, happenings.get(i).atMs());
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "atMs | {'what': 'unshare'}",
                "atMs | {'atMs': -1, 'what': 'unshare'}",
                "atMs | {'atMs': 1.5, 'what': 'unshare'}",
                "atMs | {'atMs': '1', 'what': 'unshare'}",
                "what | {'atMs': 1}",
                "what | {'atMs': 1, 'what': 'dance'}",
                "what | {'atMs': 1, 'what': 7}",
                "by | {'atMs': 1, 'what': 'share'}",
                "by | {'atMs': 1, 'what': 'share', 'by': 1}",
                "by | {'atMs': 1, 'what': 'unshare', 'by': 'Ana'}",
                "id | {'atMs': 1, 'what': 'chat', 'by': 'Ana', 'text': 'x'}",
                "text | {'atMs': 1, 'what': 'edit', 'by': 'Ana', 'id': 'm'}",
                "emoji | {'atMs': 1, 'what': 'react', 'by': 'Ana', 'id': 'm'}",
                "to | {'atMs': 1, 'what': 'chat', 'by': 'Ana', 'id': 'm', 'text': 'x', 'to': 'Ben'}",
                "to | {'atMs': 1, 'what': 'chat', 'by': 'Ana', 'id': 'm', 'text': 'x', 'to': [1]}",
                "session | {'atMs': 1, 'what': 'chat', 'by': 'Ana', 'id': 'm', 'text': 'x', 'session': 'secret'}",
                "session | {'atMs': 1, 'what': 'chat', 'by': 'Ana', 'id': 'm', 'text': 'x', 'session': 'unknown'}",
                "files | {'atMs': 1, 'what': 'chat', 'by': 'Ana', 'id': 'm', 'text': 'x', 'files': ['f']}",
                "size | {'atMs': 1, 'what': 'chat', 'by': 'Ana', 'id': 'm', 'text': 'x', 'files': [{'id': 'f', 'name': 'n'}]}",
                "type | {'atMs': 1, 'what': 'chat', 'by': 'Ana', 'id': 'm', 'text': 'x', 'type': 1}",
                "type | {'atMs': 1, 'what': 'event'}",
                "type | {'atMs': 1, 'what': 'event', 'type': 'NO_SUCH'}",
                "fields | {'atMs': 1, 'what': 'event', 'type': 1, 'fields': []}",
                "medium | {'atMs': 1, 'what': 'metadata', 'medium': 'smell', 'content': {}}",
                "content | {'atMs': 1, 'what': 'metadata', 'medium': 'audio', 'content': 'x'}",
            })
    void namesTheLineAndTheFieldThatIsWrong(String field, String line) {
        String text = "{\"atMs\": 0, \"what\": \"unshare\"}\n\n" + line.replace('\'', '"');
        ScriptException e = assertThrows(ScriptException.class, () -> WORDS.withHappenings("bad.jsonl", text));
        assertTrue(e.getMessage().startsWith("bad.jsonl, line 3: field \"" + field + "\": "), e.getMessage());
        assertEquals(3, e.line());
    }

    @ParameterizedTest
    @ValueSource(strings = {"{", "[]", "7", "{} {}", "{\"atMs\": 1, \"atMs\": 2, \"what\": \"unshare\"}"})
    void namesTheLineThatIsNoObject(String line) {
        ScriptException e = assertThrows(ScriptException.class, () -> WORDS.withHappenings("bad.jsonl", line));
        assertEquals(1, e.line(), e.getMessage());
    }

    @Test
    void namesTheOneWhoNeitherSpeaksNorJoins() {
        String text =
                "{\"atMs\": 5, \"what\": \"join\", \"by\": \"Zoë\"}\n{\"atMs\": 1, \"what\": \"share\", \"by\": \"Anna\"}";
        ScriptException e = assertThrows(ScriptException.class, () -> WORDS.withHappenings("bad.jsonl", text));
        assertEquals("bad.jsonl, line 2: \"Anna\" neither speaks in this meeting nor joins it", e.getMessage());
    }

    @Test
    void readsAFileAndNamesTheOneThatIsMissing(@TempDir Path folder) throws Exception {
        Path file = Files.writeString(folder.resolve("one.jsonl"), "{\"atMs\": 0, \"what\": \"unshare\"}");
        assertEquals(1, WORDS.withHappenings(file).happenings().size());
        Path missing = folder.resolve("missing.jsonl");
        ScriptException e = assertThrows(ScriptException.class, () -> WORDS.withHappenings(missing));
        assertTrue(e.getMessage().contains("missing.jsonl"));
    }

    @Test
    void whoJoinsLaterIsNotThereAtFirst() {
        MeetingScript script = WORDS.with(3000, new Happening.Joined("Ben"))
                .with(4000, new Happening.Joined("Zoë"))
                .with(5000, new Happening.Left("Ana"))
                .with(6000, new Happening.Joined("Ana"));
        assertEquals(List.of("Ana", "Ben", "Zoë"), script.people());
        assertEquals(List.of("Ana"), script.present());
        assertEquals(6000, script.durationMs());
    }

    @Test
    void theDemoMeetingHasSomethingOfEverything() {
        MeetingScript demo = MeetingScript.demo();
        List<Class<?>> kinds = demo.happenings().stream()
                .<Class<?>>map(one -> one.what().getClass())
                .distinct()
                .toList();
        assertTrue(kinds.containsAll(List.of(
                ChatMessage.class,
                Happening.SharingStarted.class,
                Happening.SharingStopped.class,
                Happening.VideoTurned.class)));
        assertEquals(demo.speakers(), demo.present());
        assertTrue(demo.happenings().stream().allMatch(one -> one.atMs() < demo.durationMs()));
    }

    private static ObjectNode json(String text) throws Exception {
        return (ObjectNode) new ObjectMapper().readTree(text);
    }
}
