package io.rtms.transcript.log;

import io.rtms.event.TranscriptDeleted;
import java.util.List;
import java.util.Optional;

/**
 * The numbered entries of one stream: append-only, {@code seq} from 1 and without holes. Old entries may be gone; a reader that asks for
 * them is told so by a {@link Gap}. Safe for any thread: many readers, one writer at a time.
 */
public interface TranscriptLog {
    /** Once entries have so many characters, what is read at once ends. */
    int PAGE_CHARACTERS = 1 << 20;

    /** The stream whose log this is. */
    String streamId();

    /**
     * Appends an entry and wakes the readers. Does nothing once the log was deleted by {@link #revoke}.
     *
     * @return its number, 0 if nothing was appended
     */
    long append(TranscriptEntry entry);

    /**
     * The entries after a number, oldest first.
     *
     * @param after number of the last entry that the reader knows, 0 for none
     * @param limit how many entries at the most, fewer where they are long; for 0 there is no gap either
     * @throws java.io.UncheckedIOException where older entries cannot be read now, but may be later
     */
    Slice read(long after, int limit);

    /** Number of the oldest entry that can still be had; one more than {@link #lastSeq()} if there is none. */
    long firstSeq();

    /** The last number that was given; 0 if there was none. */
    long lastSeq();

    /** Number of the newest entry that can still be had; 0 if there is none. Numbers after it may have been left out. */
    long lastEntry();

    /**
     * Deletes everything, as its subject has a right to, and leaves one last entry that says so.
     *
     * @return what was deleted; empty where it had been before, or could not be yet
     */
    Optional<TranscriptDeleted> revoke(TranscriptEntry.Status last);

    /** Whether the log was given up: nothing will be appended, and readers that are at its end let go of it. */
    boolean isRetired();

    /** Calls this listener after each append until it is removed. It runs on the writer's thread and must not block. */
    void addListener(Runnable listener);

    /** Calls this listener no more. */
    void removeListener(Runnable listener);

    /**
     * What a reader gets at once.
     *
     * @param gap entries that the reader asked for and cannot have; they lie before {@code entries}
     * @param entries what follows, without holes
     */
    record Slice(Optional<Gap> gap, List<LogEntry> entries) {
        /** Nothing at all. */
        public static final Slice EMPTY = new Slice(Optional.empty(), List.of());

        /** One entry. */
        public static Slice of(LogEntry entry) {
            return new Slice(Optional.empty(), List.of(entry));
        }

        /** The last number that it tells of; it is not to be empty. */
        public long lastSeq() {
            return entries.isEmpty()
                    ? gap.orElseThrow().toSeq()
                    : entries.getLast().seq();
        }

        /** Whether there is neither a gap nor an entry. */
        public boolean isEmpty() {
            return gap.isEmpty() && entries.isEmpty();
        }
    }

    /**
     * Entries that can no longer be had.
     *
     * @param fromSeq the first of them
     * @param toSeq the last of them
     * @param cause why they are gone
     */
    record Gap(long fromSeq, long toSeq, GapCause cause) {}

    /** Why entries are gone. */
    enum GapCause {
        /** Newer ones took their place in memory ({@code rtms.transcripts.max-entries}), and no disk had them. */
        EVICTED,
        /** Consent was revoked. */
        REVOKED,
        /** The disk had them and has them no longer in good order. */
        LOST,
        /** The machine, or a service whose disk refused entries, went down: numbers that are left out, of which only some were entries. */
        CRASHED
    }
}
