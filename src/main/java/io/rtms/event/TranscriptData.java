package io.rtms.event;

import io.rtms.media.MediaType;
import io.rtms.media.TranscriptLanguage;

/**
 * An utterance in words (message 17).
 *
 * @param metadata who said it, when, in which language, and whether it replaces an earlier utterance with the same {@link #segmentId()}
 * @param text the words
 * @param timestamp Zoom's time of the utterance, the begin of the sentence
 * @param arrivalNanos {@link System#nanoTime()} at which it had been read from its socket
 */
public record TranscriptData(StreamRef stream, Metadata metadata, String text, long timestamp, long arrivalNanos)
        implements MediaData {
    @Override
    public MediaType type() {
        return MediaType.TRANSCRIPT;
    }

    @Override
    public int size() {
        return text.length();
    }

    /** The language the words are in. */
    public TranscriptLanguage language() {
        return metadata.language();
    }

    /** Whether this is new, or replaces or deletes an earlier utterance with the same {@link #segmentId()}. */
    public TranscriptAttribute attribute() {
        return metadata.attribute();
    }

    /** Begin of the utterance, milliseconds since the epoch; 0 where Zoom did not tell. */
    public long startMs() {
        return metadata.startMs();
    }

    /** End of the utterance; 0 where Zoom did not tell. */
    public long endMs() {
        return metadata.endMs();
    }

    /** Stays the same when Zoom corrects or withdraws an utterance. */
    public String segmentId() {
        return participant().id() + "-" + timestamp;
    }
}
