package io.rtms.event;

import java.util.Locale;

/**
 * What was kept of a stream's transcript was deleted, in memory and on disk: the proof of it, for whoever has to keep such a record. Fired after
 * the files were removed, on the thread that did so. It outlives its stream, so it is no {@link RtmsEvent}.
 *
 * @param streamId the stream
 * @param why what was the reason
 * @param entries how many entries were deleted; after a revocation one remains, which says that it was
 * @param bytes how many bytes they had, on disk or else in memory
 * @param timestamp when, in milliseconds since the epoch
 */
public record TranscriptDeleted(String streamId, Why why, long entries, long bytes, long timestamp) {
    /** Why a transcript is deleted. */
    public enum Why {
        /** Consent was revoked ({@link StopReason#STREAM_REVOKED}). */
        REVOKED,
        /** It was older than {@code rtms.transcripts.keep-ended}. */
        EXPIRED,
        /** All transcripts together were larger than {@code rtms.transcripts.max-bytes}, and it was the oldest. */
        TOO_LARGE;

        /** The reason's name in metrics. */
        public String label() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
