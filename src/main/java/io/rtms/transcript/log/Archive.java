package io.rtms.transcript.log;

import io.rtms.transcript.log.TranscriptLog.Slice;

/**
 * Where a log keeps what memory has no room for. Its writer calls it, one thread at a time; {@link #read} and the figures are for any thread.
 * Nothing here throws when the disk fails: the log goes on in memory, and {@link #catchUp} brings the archive up to date later.
 */
public interface Archive {
    /** For a log that is in memory alone. */
    Archive NONE = new Archive() {};

    /** Whether entries may be written here; may wait until that is known. Where not, the log takes none. */
    default boolean isOpen() {
        return true;
    }

    /** Whether other processes have it too, so that it is not deleted with this process' log. */
    default boolean isShared() {
        return false;
    }

    /** Writes the entry that comes next, before readers are told of it. */
    default void write(LogEntry entry) {}

    /** After a failure: writes what is in memory and not here. Does nothing at other times, or soon after the last attempt unless it must. */
    default void catchUp(boolean now) {}

    /** Replaces everything by what is in memory; false where something of the rest is still there, and {@link #catchUp} has to delete it. */
    default boolean replaceAll() {
        return true;
    }

    /** Removes everything for good; false where that failed. */
    default boolean delete() {
        return true;
    }

    /** Lets go of what is only needed while entries come, and makes them last; false where something is in memory alone. */
    default boolean settle() {
        return false;
    }

    /** No entries follow: makes them last. */
    default void close() {}

    /** Whether nothing waits to be deleted. */
    default boolean isClean() {
        return true;
    }

    /**
     * As {@link TranscriptLog#read}; empty where there is nothing after this number.
     *
     * @param before number of an entry that memory has: no gap reaches so far
     */
    default Slice read(long after, long before, int limit) {
        return Slice.EMPTY;
    }

    /** Number of the oldest entry; 0 if there is none. */
    default long firstSeq() {
        return 0;
    }

    /** Number of the newest entry; 0 if there is none. */
    default long lastEntry() {
        return 0;
    }

    /** Number of the newest entry that is here or known to be missing. */
    default long lastSeq() {
        return 0;
    }

    /** How many entries there are. */
    default long entries() {
        return 0;
    }

    /** How many bytes they have. */
    default long bytes() {
        return 0;
    }
}
