package io.rtms.transcript.export;

import com.fasterxml.jackson.databind.JsonNode;
import io.rtms.transcript.log.EntryKind;
import java.util.List;
import java.util.Locale;

/** Utterances as subtitles (WebVTT, SubRip) and, with chat messages between them, as plain text. Times count from the first utterance. */
final class Cues {
    private static final long HOUR = 3_600_000;
    private static final long MINUTE = 60_000;
    private static final long SECOND = 1_000;

    /** How long an utterance is shown whose end is not known, milliseconds. */
    private static final long SHOWN_AT_LEAST = 2_000;

    private Cues() {}

    static String webVtt(List<JsonNode> utterances) {
        StringBuilder text = new StringBuilder("WEBVTT\n");
        long zero = zero(utterances);
        for (JsonNode utterance : utterances) {
            text.append('\n')
                    .append(times(utterance, zero, '.'))
                    .append("\n<v ")
                    .append(escaped(speaker(utterance)))
                    .append('>')
                    .append(escaped(words(utterance)))
                    .append('\n');
        }
        return text.toString();
    }

    static String subRip(List<JsonNode> utterances) {
        StringBuilder text = new StringBuilder();
        long zero = zero(utterances);
        int number = 0;
        for (JsonNode utterance : utterances) {
            text.append(++number)
                    .append('\n')
                    .append(times(utterance, zero, ','))
                    .append('\n')
                    .append(line(utterance))
                    .append("\n\n");
        }
        return text.toString();
    }

    static String plain(List<JsonNode> utterances) {
        StringBuilder text = new StringBuilder();
        utterances.forEach(utterance -> text.append(line(utterance)).append('\n'));
        return text.toString();
    }

    private static String line(JsonNode utterance) {
        boolean written = utterance.path("type").asText().equals(EntryKind.CHAT.label());
        return speaker(utterance) + (written ? " (chat): " : ": ") + words(utterance);
    }

    private static String speaker(JsonNode utterance) {
        String who = utterance.has("sender") ? "sender" : "speaker";
        String name = utterance.path(who).path("name").asText();
        return oneLine(name.isBlank() ? "Unknown" : name);
    }

    private static String words(JsonNode utterance) {
        return oneLine(utterance.path("text").asText());
    }

    private static String times(JsonNode utterance, long zero, char point) {
        long start = start(utterance) - zero;
        long end = utterance.path("endMs").asLong() - zero;
        return time(start, point) + " --> " + time(end > start ? end : start + SHOWN_AT_LEAST, point);
    }

    private static long zero(List<JsonNode> utterances) {
        return utterances.stream().mapToLong(Cues::start).min().orElse(0);
    }

    private static long start(JsonNode utterance) {
        long start = utterance.path("startMs").asLong();
        return start > 0 ? start : utterance.path("ts").asLong();
    }

    private static String time(long millis, char point) {
        return String.format(
                Locale.ROOT,
                "%02d:%02d:%02d%c%03d",
                millis / HOUR,
                millis % HOUR / MINUTE,
                millis % MINUTE / SECOND,
                point,
                millis % SECOND);
    }

    /** A line break would end the cue. */
    private static String oneLine(String text) {
        return text.strip().replaceAll("\\s*\\R\\s*", " ");
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }
}
