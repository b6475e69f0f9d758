package io.rtms.transcript.export;

import com.fasterxml.jackson.databind.JsonNode;
import io.rtms.transcript.log.EntryKind;

/**
 * What somebody said or wrote, as the log's entry tells it.
 *
 * @param written whether it is a chat message
 * @param speaker who
 * @param words what, in one line
 * @param startMs when it began, milliseconds since the epoch
 * @param endMs when it ended; 0 where that is not known
 * @param isGone whether it was withdrawn
 */
record Line(boolean written, String speaker, String words, long startMs, long endMs, boolean isGone) {
    static Line of(EntryKind kind, JsonNode entry) {
        boolean written = kind == EntryKind.CHAT;
        String name = entry.path(written ? "sender" : "speaker").path("name").asText();
        long start = entry.path("startMs").asLong();
        return new Line(
                written,
                oneLine(name.isBlank() ? "Unknown" : name),
                oneLine(entry.path("text").asText()),
                start > 0 ? start : entry.path("ts").asLong(),
                entry.path("endMs").asLong(),
                entry.path("deleted").asBoolean()
                        || entry.path("action").asText().equals("delete"));
    }

    /** A line break would end a subtitle. */
    private static String oneLine(String text) {
        return text.strip().replaceAll("\\s*\\R\\s*", " ");
    }
}
