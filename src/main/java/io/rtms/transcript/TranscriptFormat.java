package io.rtms.transcript;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Forms in which a transcript can be had. {@code json} and {@code jsonl} hold every entry as it was relayed; the others hold what was said
 * in the end: corrections replace what they correct, withdrawn utterances are left out.
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
            return Cues.webVtt(utterances(log));
        }
    },
    SRT("application/x-subrip;charset=UTF-8") {
        @Override
        String write(TranscriptLog log) {
            return Cues.subRip(utterances(log));
        }
    },
    TXT("text/plain;charset=UTF-8") {
        @Override
        String write(TranscriptLog log) {
            return Cues.plain(utterances(log));
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
            List<LogEntry> page = log.read(position, PAGE).entries();
            all.addAll(page);
            position = page.getLast().seq();
        }
        return all;
    }

    /** What was said in the end, in the order in which it was first said. */
    private static List<JsonNode> utterances(TranscriptLog log) {
        Map<String, JsonNode> bySegment = new LinkedHashMap<>();
        for (LogEntry entry : entries(log)) {
            if (entry.kind() == EntryKind.TRANSCRIPT) {
                JsonNode utterance = parse(entry.json());
                bySegment.put(utterance.path("segmentId").asText(), utterance);
            }
        }
        return bySegment.values().stream()
                .filter(utterance -> !utterance.path("deleted").asBoolean())
                .toList();
    }

    private static JsonNode parse(String json) {
        try {
            return READER.readTree(json);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a log holds the JSON that it wrote", e);
        }
    }
}
