package io.rtms.stream;

import io.rtms.event.DropCause;
import io.rtms.event.FramesDropped;
import io.rtms.event.MediaData;
import io.rtms.event.RtmsEvent;
import io.rtms.event.StreamLeft;
import io.rtms.media.MediaType;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** Frames that were dropped for one cause and are not reported yet, by medium. Safe for any thread; quick where there are none. */
final class DropTallies {
    private final DropCause cause;
    private final Map<MediaType, FramesDropped> tallies = new EnumMap<>(MediaType.class);
    private volatile boolean empty = true;

    DropTallies(DropCause cause) {
        this.cause = cause;
    }

    synchronized void add(MediaData frame) {
        FramesDropped one = new FramesDropped(
                frame.stream(), frame.type(), cause, 1, frame.size(), frame.timestamp(), frame.timestamp());
        tallies.merge(frame.type(), one, DropTallies::sum);
        empty = false;
    }

    boolean isEmpty() {
        return empty;
    }

    /** Whether something of this medium waits to be reported. */
    boolean has(MediaType type) {
        if (empty) {
            return false;
        }
        synchronized (this) {
            return tallies.containsKey(type);
        }
    }

    /** What is to be reported before this event, once: what was dropped of its medium, or everything before the end. */
    List<FramesDropped> reportsBefore(RtmsEvent event) {
        return empty
                ? List.of()
                : switch (event) {
                    case MediaData frame -> take(frame.type());
                    case StreamLeft end -> takeAll();
                    default -> List.of();
                };
    }

    private synchronized List<FramesDropped> take(MediaType type) {
        FramesDropped report = tallies.remove(type);
        empty = tallies.isEmpty();
        return report == null ? List.of() : List.of(report);
    }

    private synchronized List<FramesDropped> takeAll() {
        List<FramesDropped> reports = List.copyOf(tallies.values());
        tallies.clear();
        empty = true;
        return reports;
    }

    private static FramesDropped sum(FramesDropped before, FramesDropped after) {
        return new FramesDropped(
                before.stream(),
                before.type(),
                before.cause(),
                before.count() + after.count(),
                before.bytes() + after.bytes(),
                before.fromMs(),
                after.timestamp());
    }
}
