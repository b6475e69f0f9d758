package com.example.keywords;

import io.rtms.event.StreamRef;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** What was counted of one stream. For any thread. */
final class StreamCount {
    private static final Pattern NO_WORD = Pattern.compile("[^\\p{L}\\p{N}]+");

    private final StreamRef stream;
    private final Set<String> words;
    /** Of lines with a keyword alone, so that this stays small. */
    private final Map<String, Map<String, Integer>> bySegment = new HashMap<>();

    private long audioBytes;

    /**
     * What the outside sees.
     *
     * @param keywords how often each was said
     * @param audioBytes how much was heard
     */
    public record View(String streamId, String meeting, Map<String, Integer> keywords, long audioBytes) {}

    StreamCount(StreamRef stream, Set<String> words) {
        this.stream = stream;
        this.words = words;
    }

    synchronized void count(String segmentId, String text) {
        Map<String, Integer> found = new HashMap<>();
        for (String word : NO_WORD.split(text.toLowerCase(Locale.ROOT))) {
            if (words.contains(word)) {
                found.merge(word, 1, Integer::sum);
            }
        }
        if (found.isEmpty()) {
            forget(segmentId);
        } else {
            bySegment.put(segmentId, found);
        }
    }

    synchronized void forget(String segmentId) {
        bySegment.remove(segmentId);
    }

    synchronized void hear(int bytes) {
        audioBytes += bytes;
    }

    synchronized View view() {
        Map<String, Integer> sums = new TreeMap<>();
        bySegment.values().forEach(line -> line.forEach((word, times) -> sums.merge(word, times, Integer::sum)));
        return new View(stream.streamId(), stream.id(), sums, audioBytes);
    }
}
