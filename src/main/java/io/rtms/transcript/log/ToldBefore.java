package io.rtms.transcript.log;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What an earlier process told last of a stream, so that what Zoom sends again after a restart is not told twice. Utterances and chat messages
 * count as the same where all of their message is but its number.
 */
final class ToldBefore {
    /** Of a log that begins now. */
    static final ToldBefore NOTHING = new ToldBefore(List.of());

    private static final int MOST_ENTRIES = 512;
    private static final Pattern NUMBER = Pattern.compile("\"seq\":\\d+");

    private final Set<String> messages = new HashSet<>();

    /** @param newest the log's newest entries */
    private ToldBefore(List<LogEntry> newest) {
        newest.stream()
                .filter(ToldBefore::isWords)
                .map(ToldBefore::withoutNumber)
                .forEach(messages::add);
    }

    /**
     * Reads the end of a log; nothing counts as told where it cannot be read.
     *
     * @param lastEntry number of its last entry
     */
    static ToldBefore of(TranscriptLog log, long lastEntry) {
        List<LogEntry> newest = new ArrayList<>();
        long after = Math.max(0, lastEntry - MOST_ENTRIES);
        try {
            while (after < lastEntry) { // older ones may be elsewhere than newer ones
                TranscriptLog.Slice slice = log.read(after, MOST_ENTRIES);
                if (slice.isEmpty()) {
                    break;
                }
                newest.addAll(slice.entries());
                after = slice.lastSeq();
            }
        } catch (RuntimeException e) {
            return NOTHING;
        }
        return new ToldBefore(newest);
    }

    boolean contains(LogEntry entry) {
        return !messages.isEmpty() && isWords(entry) && messages.contains(withoutNumber(entry));
    }

    private static boolean isWords(LogEntry entry) {
        return entry.kind() == EntryKind.TRANSCRIPT || entry.kind() == EntryKind.CHAT;
    }

    /** The first match is the number: a quotation mark within a text has a backslash before it. */
    private static String withoutNumber(LogEntry entry) {
        return NUMBER.matcher(entry.json()).replaceFirst("");
    }
}
