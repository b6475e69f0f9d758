package io.rtms.transcript.log;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.rtms.transcript.log.TranscriptLog.Gap;
import io.rtms.transcript.log.TranscriptLog.Slice;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;

/** All that a reader is told who reads a log from its beginning: every number once, as an entry or in a gap, in order. */
public record Reading(List<LogEntry> entries, List<Gap> gaps, long lastSeq) {
    public static Reading of(TranscriptLog log) {
        return of(log, 7);
    }

    public static Reading of(TranscriptLog log, int page) {
        Reading reading = new Reading(new ArrayList<>(), new ArrayList<>(), log.lastSeq());
        long position = 0;
        while (position < log.lastSeq()) {
            position = reading.add(log.read(position, page), position);
        }
        return reading;
    }

    private long add(Slice slice, long position) {
        assertTrue(!slice.isEmpty(), () -> "nothing after " + position);
        long at = position;
        if (slice.gap().isPresent()) {
            assertEquals(at + 1, slice.gap().get().fromSeq());
            gaps.add(slice.gap().get());
            at = slice.gap().get().toSeq();
        }
        for (LogEntry entry : slice.entries()) {
            assertEquals(at + 1, entry.seq());
            entries.add(entry);
            at = entry.seq();
        }
        return at;
    }

    public List<Long> seqs() {
        return entries.stream().map(LogEntry::seq).toList();
    }

    /** Fails unless these lines are there, each with its own number in its text, and nothing else is. */
    public void assertLines(long from, long to) {
        assertEquals(LongStream.rangeClosed(from, to).boxed().toList(), seqs());
        entries.forEach(entry ->
                assertTrue(entry.json().contains("\"text\":\"line " + entry.seq() + "\""), () -> entry.json()));
    }
}
