package io.rtms.stream;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/** What happened to one stream, in words: the newest of it, however long the stream lives. For any thread. */
public final class Timeline {
    private static final int MOST_ENTRIES = 500;
    private static final int MOST_CHARACTERS = 1000;

    private final Deque<TimelineEntry> entries = new ArrayDeque<>();
    private long omitted;

    /** Adds what happened just now. */
    synchronized void note(TimelineEntry.Kind kind, String text) {
        if (entries.size() == MOST_ENTRIES) {
            entries.removeFirst();
            omitted++;
        }
        String bounded = text.length() > MOST_CHARACTERS ? text.substring(0, MOST_CHARACTERS) + "..." : text;
        entries.addLast(new TimelineEntry(System.currentTimeMillis(), kind, bounded));
    }

    /** What happened, the oldest first. */
    public synchronized List<TimelineEntry> entries() {
        return List.copyOf(entries);
    }

    /** How many older entries had to go. */
    public synchronized long omitted() {
        return omitted;
    }
}
