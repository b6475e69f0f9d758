package io.rtms.stream;

import io.rtms.event.DropCause;
import io.rtms.event.FramesDropped;
import io.rtms.event.MediaData;
import io.rtms.event.StreamRef;
import io.rtms.media.MediaType;
import java.util.Optional;

/** Frames of one medium that were dropped for one cause since the last report. For one thread at a time. */
final class DropTally {
    private final MediaType type;
    private final DropCause cause;
    private long count;
    private long bytes;
    private long fromMs;
    private long toMs;

    DropTally(MediaType type, DropCause cause) {
        this.type = type;
        this.cause = cause;
    }

    void add(MediaData frame) {
        if (count == 0) {
            fromMs = frame.timestamp();
        }
        count++;
        bytes += frame.size();
        toMs = frame.timestamp();
    }

    MediaType type() {
        return type;
    }

    boolean isEmpty() {
        return count == 0;
    }

    /** What was dropped since the last call, where anything was. */
    Optional<FramesDropped> take(StreamRef stream) {
        if (count == 0) {
            return Optional.empty();
        }
        FramesDropped report = new FramesDropped(stream, type, cause, count, bytes, fromMs, toMs);
        count = 0;
        bytes = 0;
        return Optional.of(report);
    }
}
