package io.rtms.transcript.disk;

/**
 * How far a transcript file reaches.
 *
 * @param bytes its length, up to the end of the last line that counts
 * @param firstSeq number of its first entry, 0 without one
 * @param lastEntry number of its last entry, 0 without one
 * @param lastSeq the last number that it tells of, of an entry or of what is missing
 * @param entries how many entries it has
 */
record Extent(long bytes, long firstSeq, long lastEntry, long lastSeq, long entries) {
    static final Extent EMPTY = new Extent(0, 0, 0, 0, 0);

    /** With one line more. */
    Extent plus(LogLine line, long length) {
        return line instanceof LogLine.Entry entry
                ? plusEntry(entry.seq(), length)
                : plusMissing(line.lastSeq(), length);
    }

    /** With one entry more. */
    Extent plusEntry(long seq, long length) {
        return new Extent(bytes + length, firstSeq == 0 ? seq : firstSeq, seq, seq, entries + 1);
    }

    /** With a line more that tells what is missing. */
    Extent plusMissing(long toSeq, long length) {
        return new Extent(bytes + length, firstSeq, lastEntry, toSeq, entries);
    }
}
