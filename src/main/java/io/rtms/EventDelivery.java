package io.rtms;

import io.rtms.event.MediaData;
import io.rtms.event.Passive;
import io.rtms.event.RtmsEvent;
import io.rtms.event.StreamJoined;
import io.rtms.event.StreamLeft;
import io.rtms.stream.JoinRequest;
import jakarta.enterprise.event.Event;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.function.Consumer;
import org.jboss.logging.Logger;

/**
 * Fires a stream's events at CDI observers, passive ones included, on the stream's thread, and counts and traces them. An observer that throws ends the
 * delivery of that one event and is logged and counted; the stream goes on.
 */
@Singleton
class EventDelivery {
    private static final Logger LOG = Logger.getLogger(EventDelivery.class);

    private final Event<RtmsEvent> observers;
    private final StreamMeters meters;
    private final StreamTraces traces;

    EventDelivery(@Passive Event<RtmsEvent> observers, StreamMeters meters, StreamTraces traces) {
        this.observers = observers;
        this.meters = meters;
        this.traces = traces;
    }

    /** The delivery of one stream's events, from now on: to CDI observers first, then there. */
    Consumer<RtmsEvent> of(JoinRequest request, Consumer<RtmsEvent> callbacks) {
        return new OfStream(traces.begin(request), callbacks);
    }

    void deliver(RtmsEvent event) {
        meters.count(event);
        try {
            observers.fire(event);
        } catch (Throwable e) { // an error too is the observer's own affair, and must not end the stream's thread
            failed("an observer", event, e);
        }
    }

    /**
     * Logs and counts what an observer or a callback has thrown.
     *
     * @param who which of the two
     */
    void failed(String who, RtmsEvent event, Throwable failure) {
        meters.observerFailed(event);
        LOG.errorf(
                failure,
                "Stream %s: %s of %s failed",
                event.stream().streamId(),
                who,
                event.getClass().getSimpleName());
    }

    /** What is watched of a single stream. On its thread. */
    private final class OfStream implements Consumer<RtmsEvent> {
        private final StreamTrace trace;
        private final Consumer<RtmsEvent> callbacks;
        private final long begun = System.nanoTime();
        private boolean wasJoined;
        private boolean hadMedia;

        OfStream(StreamTrace trace, Consumer<RtmsEvent> callbacks) {
            this.trace = trace;
            this.callbacks = callbacks;
        }

        @Override
        public void accept(RtmsEvent event) {
            deliver(event);
            callbacks.accept(event);
            watch(event);
        }

        private void watch(RtmsEvent event) {
            if (event instanceof MediaData media) {
                if (!hadMedia) {
                    hadMedia = true;
                    trace.firstMedia(media.type());
                }
            } else if (event instanceof StreamJoined && !wasJoined) {
                wasJoined = true;
                meters.firstJoin(Duration.ofNanos(System.nanoTime() - begun));
                traces.joined(event.stream().streamId(), trace);
            } else if (event instanceof StreamLeft left) {
                traces.left(event.stream().streamId(), trace, left.cause());
            }
        }
    }
}
