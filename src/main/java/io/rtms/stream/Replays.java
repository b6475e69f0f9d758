package io.rtms.stream;

import io.rtms.event.AudioData;
import io.rtms.event.ChatData;
import io.rtms.event.DropCause;
import io.rtms.event.FramesDropped;
import io.rtms.event.MediaData;
import io.rtms.event.RtmsEvent;
import io.rtms.event.TranscriptData;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Knows what was delivered already when Zoom sends it again: after an interruption it replays what it kept, and that may begin before the
 * connection was lost. Audio is told by its time stamps, which only grow for each speaker and channel; utterances and chat messages by all that they
 * say. Only what was delivered before the last interruption counts as known: without one between them, two of the same are two. What carries no time
 * stamp passes. For any thread, one after the other.
 */
final class Replays {
    private static final int MOST_SPEAKERS = 1024;
    private static final int MOST_TEXTS = 512;

    /** Whose audio it is. Contact centers name the channel, and may name no participant. */
    private record Source(long participant, String channel) {
        Source(MediaData data) {
            this(data.participant().id(), data.metadata().channelId());
        }
    }

    /** Where one source's audio stands: the time stamp of the last frame, and the interruption after which it has come. */
    private static final class Position {
        private long timestamp;
        private int interruption;
    }

    /** What tells one utterance or message from all others, without its words. */
    private record Said(Source who, long timestamp, long startMs, long endMs, Enum<?> operation, int length, int hash) {
        Said(MediaData data, Enum<?> operation, int hash) {
            this(
                    new Source(data),
                    data.timestamp(),
                    data.metadata().startMs(),
                    data.metadata().endMs(),
                    operation,
                    data.size(),
                    hash);
        }
    }

    private final Map<Source, Position> audio = bounded(MOST_SPEAKERS);
    /** With the number of interruptions before it was delivered. */
    private final Map<Said, Integer> texts = bounded(MOST_TEXTS);

    private final DropTallies repeats = new DropTallies(DropCause.REPEATED);
    private int interruption;

    /** A connection was lost: what comes next may be a replay. */
    synchronized void expect() {
        interruption++;
    }

    /** Whether this was delivered before, and is counted; if not, it counts as delivered now. */
    synchronized boolean isRepeated(MediaData frame) {
        boolean repeated = wasDelivered(frame);
        if (repeated) {
            repeats.add(frame);
        }
        return repeated;
    }

    /** What was repeated since the last call, to be reported before this event: of its medium, or all of it before the end. */
    List<FramesDropped> reportsBefore(RtmsEvent event) {
        return repeats.reportsBefore(event);
    }

    private boolean wasDelivered(MediaData frame) {
        if (frame.timestamp() == 0) {
            return false;
        }
        return switch (frame) {
            case AudioData data -> isRepeated(data);
            case TranscriptData data ->
                isKnown(new Said(data, data.attribute(), data.text().hashCode()));
            case ChatData data ->
                isKnown(new Said(
                        data,
                        data.operation(),
                        Objects.hash(data.text(), data.messageId(), data.files(), data.deletedFileIds())));
            default -> false;
        };
    }

    private boolean isRepeated(AudioData data) {
        Position last = audio.computeIfAbsent(new Source(data), unknown -> new Position());
        if (last.interruption < interruption && data.timestamp() <= last.timestamp) {
            return true;
        }
        last.timestamp = data.timestamp();
        last.interruption = interruption;
        return false;
    }

    private boolean isKnown(Said said) {
        Integer before = texts.putIfAbsent(said, interruption);
        return before != null && before < interruption;
    }

    private static <K, V> Map<K, V> bounded(int most) {
        return new LinkedHashMap<>(16, 0.75f, true) {
            private static final long serialVersionUID = 1;

            @Override
            protected boolean removeEldestEntry(Map.Entry<K, V> eldest) {
                return size() > most;
            }
        };
    }
}
