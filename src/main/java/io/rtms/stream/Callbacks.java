package io.rtms.stream;

import io.rtms.event.RtmsEvent;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.jboss.logging.Logger;

/** A client's callbacks, each on a lane of its own. Filled before the join, then used by the stream's thread. */
final class Callbacks {
    private static final Logger LOG = Logger.getLogger(Callbacks.class);

    private final List<Lane> lanes = new ArrayList<>();
    private final Set<Class<? extends RtmsEvent>> types = new HashSet<>();

    void add(Class<? extends RtmsEvent> type, Lane lane) {
        types.add(type);
        lanes.add(lane);
    }

    /** What the callbacks listen to. */
    Set<Class<? extends RtmsEvent>> types() {
        return types;
    }

    /** Hands an event to every callback that listens to it, in the order in which they were added. */
    void deliver(RtmsEvent event) {
        for (Lane lane : lanes) {
            put(lane, event);
        }
    }

    /** Nobody interrupts a stream's thread but an observer or a callback: its own affair, and no reason to keep anything from the others. */
    private static void put(Lane lane, RtmsEvent event) {
        Thread.interrupted();
        while (true) {
            try {
                lane.put(event);
                return;
            } catch (InterruptedException e) {
                LOG.debugf(
                        "An interruption while an event waits for a callback of stream %s changes nothing",
                        event.stream());
            }
        }
    }

    /** No callback begins from now on, but for the stream's end. */
    void close() {
        lanes.forEach(Lane::close);
    }

    /** Completes when all callbacks have returned for the last time. */
    CompletableFuture<Void> ended() {
        return CompletableFuture.allOf(lanes.stream().map(Lane::ended).toArray(CompletableFuture<?>[]::new));
    }
}
