package io.rtms.transcript.disk;

import io.rtms.transcript.log.LogEntry;
import io.rtms.transcript.log.TranscriptLog.Slice;
import java.util.ArrayList;
import java.util.List;

/** What comes next in a log as lines that follow what a file has: the gap first, then the entries. */
final class Lines {
    private final String streamId;
    private final List<long[]> marks = new ArrayList<>(1);
    private final List<byte[]> lines = new ArrayList<>(1);
    private Extent extent;

    /** @param after the end of the file */
    Lines(String streamId, Extent after, Slice slice) {
        this.streamId = streamId;
        this.extent = after;
        slice.gap().ifPresent(gap -> {
            byte[] line = LogLine.of(streamId, gap);
            lines.add(line);
            extent = extent.plusMissing(gap.toSeq(), line.length);
        });
        slice.entries().forEach(this::add);
    }

    /** The lines. */
    byte[] bytes() {
        if (lines.size() == 1) {
            return lines.getFirst();
        }
        byte[] all = new byte[lines.stream().mapToInt(line -> line.length).sum()];
        int at = 0;
        for (byte[] line : lines) {
            System.arraycopy(line, 0, all, at, line.length);
            at += line.length;
        }
        return all;
    }

    /** The file with these lines. */
    Extent extent() {
        return extent;
    }

    /** Notes in the index those of them that belong there. */
    void enterIn(SparseIndex index) {
        marks.forEach(mark -> index.add(mark[0], mark[1]));
    }

    private void add(LogEntry entry) {
        byte[] line = LogLine.of(streamId, entry);
        lines.add(line);
        if (extent.entries() % SparseIndex.STEP == 0) {
            marks.add(new long[] {entry.seq(), extent.bytes()});
        }
        extent = extent.plusEntry(entry.seq(), line.length);
    }
}
