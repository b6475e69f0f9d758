package io.rtms.simulator;

import io.rtms.media.MediaType;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;

/** Counts what a meeting has sent: messages with a medium's payload. For all threads. */
final class SentFrames {
    private final Map<MediaType, LongAdder> counts = new EnumMap<>(MediaType.class);

    SentFrames() {
        for (MediaType medium : MediaType.values()) {
            counts.put(medium, new LongAdder());
        }
    }

    void count(MediaType medium) {
        counts.get(medium).increment();
    }

    long of(MediaType medium) {
        return counts.get(medium).sum();
    }
}
