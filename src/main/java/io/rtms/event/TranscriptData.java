package io.rtms.event;

import io.rtms.media.TranscriptLanguage;

/**
 * An utterance in words (message 17).
 *
 * @param participant who said it
 * @param text the words
 * @param language the language they are in
 * @param attribute whether this is new, or replaces or deletes an earlier utterance with the same {@link #segmentId()}
 * @param startMs begin of the utterance, milliseconds since the epoch; 0 where Zoom did not tell
 * @param endMs end of the utterance; 0 where Zoom did not tell
 * @param timestamp Zoom's time of the utterance, the begin of the sentence
 * @param arrivalNanos {@link System#nanoTime()} at which it had been read from its socket
 */
public record TranscriptData(
        StreamRef stream,
        Participant participant,
        String text,
        TranscriptLanguage language,
        TranscriptAttribute attribute,
        long startMs,
        long endMs,
        long timestamp,
        long arrivalNanos)
        implements RtmsEvent {

    /** Stays the same when Zoom corrects or withdraws an utterance. */
    public String segmentId() {
        return participant.id() + "-" + timestamp;
    }
}
