package io.rtms.transcript.export;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.rtms.transcript.log.EntryKind;
import io.rtms.transcript.log.LogEntry;
import io.rtms.transcript.log.TranscriptLog;
import io.rtms.transcript.log.TranscriptLog.Slice;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Forms in which a transcript can be had. {@code json} and {@code jsonl} hold every entry as it was relayed; the others hold what was said
 * in the end: corrections replace what they correct, withdrawn utterances are left out. {@code txt} has the chat between the lines, marked as
 * such; subtitles ({@code vtt}, {@code srt}) have only what could be heard.
 */
enum TranscriptFormat {
    JSON("application/json") {
        @Override
        String write(TranscriptLog log) {
            return entries(log).stream().map(LogEntry::json).collect(Collectors.joining(",\n", "[", "]\n"));
        }
    },
    JSONL("application/jsonl;charset=UTF-8") {
        @Override
        String write(TranscriptLog log) {
            return entries(log).stream().map(entry -> entry.json() + "\n").collect(Collectors.joining());
        }
    },
    VTT("text/vtt;charset=UTF-8") {
        @Override
        String write(TranscriptLog log) {
            return Cues.webVtt(inTheEnd(log, Set.of(EntryKind.TRANSCRIPT)));
        }
    },
    SRT("application/x-subrip;charset=UTF-8") {
        @Override
        String write(TranscriptLog log) {
            return Cues.subRip(inTheEnd(log, Set.of(EntryKind.TRANSCRIPT)));
        }
    },
    TXT("text/plain;charset=UTF-8") {
        @Override
        String write(TranscriptLog log) {
            return Cues.plain(inTheEnd(log, Set.of(EntryKind.TRANSCRIPT, EntryKind.CHAT)));
        }
    };

    private static final int PAGE = 1024;
    private static final ObjectReader READER = new JsonMapper().reader();

    private final String mediaType;

    TranscriptFormat(String mediaType) {
        this.mediaType = mediaType;
    }

    /** The whole transcript in this form. */
    abstract String write(TranscriptLog log);

    String mediaType() {
        return mediaType;
    }

    String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** All labels in a sentence. */
    static String labels() {
        return Arrays.stream(values()).map(TranscriptFormat::label).collect(Collectors.joining(", "));
    }

    static Optional<TranscriptFormat> ofLabel(String label) {
        return Arrays.stream(values())
                .filter(format -> format.label().equals(label))
                .findFirst();
    }

    private static List<LogEntry> entries(TranscriptLog log) {
        List<LogEntry> all = new ArrayList<>();
        long end = log.lastSeq();
        long position = log.firstSeq() - 1;
        while (position < end) {
            Slice page = log.read(position, PAGE);
            if (page.isEmpty()) {
                break;
            }
            all.addAll(page.entries());
            position = page.lastSeq();
        }
        return all;
    }

    /** What was said and written in the end, in the order in which it first was. */
    private static List<JsonNode> inTheEnd(TranscriptLog log, Set<EntryKind> kinds) {
        Map<String, JsonNode> byId = new LinkedHashMap<>();
        for (LogEntry entry : entries(log)) {
            if (kinds.contains(entry.kind())) {
                JsonNode words = parse(entry.json());
                id(entry, words).ifPresent(id -> byId.put(id, words));
            }
        }
        return byId.values().stream().filter(words -> !isGone(words)).toList();
    }

    /** What an entry is about: the same for those that change it; empty for one that leaves the words as they are. */
    private static Optional<String> id(LogEntry entry, JsonNode words) {
        if (entry.kind() == EntryKind.TRANSCRIPT) {
            return Optional.of("segment " + words.path("segmentId").asText());
        }
        String messageId = words.path("messageId").asText();
        return switch (words.path("action").asText()) {
            case "new", "update", "delete" ->
                Optional.of(messageId.isEmpty() ? "entry " + entry.seq() : "message " + messageId);
            default -> Optional.empty();
        };
    }

    private static boolean isGone(JsonNode words) {
        return words.path("deleted").asBoolean()
                || words.path("action").asText().equals("delete");
    }

    private static JsonNode parse(String json) {
        try {
            return READER.readTree(json);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a log holds the JSON that it wrote", e);
        }
    }
}
