package io.rtms.transcript.export;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.rtms.transcript.log.EntryJson;
import io.rtms.transcript.log.EntryKind;
import io.rtms.transcript.log.LogEntry;
import io.rtms.transcript.log.TranscriptLog;
import io.rtms.transcript.log.TranscriptLog.Slice;
import java.io.IOException;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Forms in which a transcript can be had. {@code json} and {@code jsonl} hold every entry as it was relayed, and a {@code gap} where entries are
 * gone; they are written page by page. The others hold what was said in the end: corrections replace what they correct, withdrawn utterances are
 * left out, and all words of the transcript are in memory until they are written. {@code txt} has the chat between the lines, marked as such;
 * subtitles ({@code vtt}, {@code srt}) have only what could be heard.
 */
enum TranscriptFormat {
    JSON("application/json", true) {
        @Override
        void write(TranscriptLog log, Appendable to) throws IOException {
            to.append('[');
            String[] between = {""};
            messages(log, message -> {
                to.append(between[0]).append(message);
                between[0] = ",\n";
            });
            to.append("]\n");
        }
    },
    JSONL("application/jsonl;charset=UTF-8", true) {
        @Override
        void write(TranscriptLog log, Appendable to) throws IOException {
            messages(log, message -> to.append(message).append('\n'));
        }
    },
    VTT("text/vtt;charset=UTF-8", false) {
        @Override
        void write(TranscriptLog log, Appendable to) throws IOException {
            Cues.webVtt(inTheEnd(log, Set.of(EntryKind.TRANSCRIPT)), to);
        }
    },
    SRT("application/x-subrip;charset=UTF-8", false) {
        @Override
        void write(TranscriptLog log, Appendable to) throws IOException {
            Cues.subRip(inTheEnd(log, Set.of(EntryKind.TRANSCRIPT)), to);
        }
    },
    TXT("text/plain;charset=UTF-8", false) {
        @Override
        void write(TranscriptLog log, Appendable to) throws IOException {
            Cues.plain(inTheEnd(log, Set.of(EntryKind.TRANSCRIPT, EntryKind.CHAT)), to);
        }
    };

    private static final int PAGE = 256;
    private static final ObjectReader READER = new JsonMapper().reader();

    private final String mediaType;
    private final boolean isPaged;

    TranscriptFormat(String mediaType, boolean isPaged) {
        this.mediaType = mediaType;
        this.isPaged = isPaged;
    }

    /** Takes what is in a transcript, one after the other. */
    @FunctionalInterface
    private interface Taker<T> {
        void take(T part) throws IOException;
    }

    /**
     * Writes the whole transcript, up to what is its last entry now, in this form.
     *
     * @throws java.io.UncheckedIOException where older entries cannot be read now
     */
    abstract void write(TranscriptLog log, Appendable to) throws IOException;

    String mediaType() {
        return mediaType;
    }

    /** Whether it takes the memory of a page, and not of all words. */
    boolean isPaged() {
        return isPaged;
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

    private static void pages(TranscriptLog log, Taker<Slice> taker) throws IOException {
        long end = log.lastSeq();
        long position = 0;
        while (position < end) {
            Slice page = log.read(position, PAGE);
            if (page.isEmpty()) {
                return;
            }
            taker.take(page);
            position = page.lastSeq();
        }
    }

    /** Every entry, and what stands for those that are gone. */
    private static void messages(TranscriptLog log, Taker<String> taker) throws IOException {
        pages(log, page -> {
            if (page.gap().isPresent()) {
                taker.take(EntryJson.gap(log.streamId(), page.gap().get()));
            }
            for (LogEntry entry : page.entries()) {
                taker.take(entry.json());
            }
        });
    }

    /** What was said and written in the end, in the order in which it first was. */
    private static Collection<Line> inTheEnd(TranscriptLog log, Set<EntryKind> kinds) throws IOException {
        Map<String, Line> byId = new LinkedHashMap<>();
        pages(
                log,
                page -> page.entries().stream()
                        .filter(entry -> kinds.contains(entry.kind()))
                        .forEach(entry -> {
                            JsonNode words = parse(entry.json());
                            id(entry, words).ifPresent(id -> byId.put(id, Line.of(entry.kind(), words)));
                        }));
        byId.values().removeIf(Line::isGone);
        return byId.values();
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

    private static JsonNode parse(String json) {
        try {
            return READER.readTree(json);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a log holds the JSON that it wrote", e);
        }
    }
}
