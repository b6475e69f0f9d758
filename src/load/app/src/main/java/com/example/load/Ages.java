package com.example.load;

import java.util.Map;
import java.util.TreeMap;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.Recorder;

/** How old the frames of one kind were when an observer saw them, nanoseconds. Recording is for any thread, the rest for one at a time. */
final class Ages {
    private final Recorder due = new Recorder(2);
    private final Recorder sent = new Recorder(2);
    private final Histogram allDue = new Histogram(2);
    private final Histogram allSent = new Histogram(2);
    private Histogram lastDue;
    private Histogram lastSent;

    /** A frame that was due and was written by the gateway at these times, of {@link System#nanoTime()}. */
    void seen(long dueNanos, long sentNanos) {
        long now = System.nanoTime();
        due.recordValue(Math.max(0, now - dueNanos));
        sent.recordValue(Math.max(0, now - sentNanos));
    }

    /** Begins a new total. */
    void reset() {
        interval();
        allDue.reset();
        allSent.reset();
    }

    /** What was seen since the last call. */
    Map<String, Object> interval() {
        lastDue = due.getIntervalHistogram(lastDue);
        lastSent = sent.getIntervalHistogram(lastSent);
        allDue.add(lastDue);
        allSent.add(lastSent);
        return figures(lastDue, lastSent);
    }

    /** What was seen since {@link #reset} until the last {@link #interval}. */
    Map<String, Object> total() {
        return figures(allDue, allSent);
    }

    private static Map<String, Object> figures(Histogram due, Histogram sent) {
        return Map.of("count", sent.getTotalCount(), "due", percentiles(due), "sent", percentiles(sent));
    }

    /** Microseconds. */
    private static Map<String, Double> percentiles(Histogram ages) {
        Map<String, Double> figures = new TreeMap<>();
        figures.put("p50", ages.getValueAtPercentile(50) / 1e3);
        figures.put("p99", ages.getValueAtPercentile(99) / 1e3);
        figures.put("p999", ages.getValueAtPercentile(99.9) / 1e3);
        figures.put("max", ages.getTotalCount() == 0 ? 0 : ages.getMaxValue() / 1e3);
        return figures;
    }
}
