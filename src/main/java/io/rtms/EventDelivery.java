package io.rtms;

import io.rtms.event.MediaData;
import io.rtms.event.Passive;
import io.rtms.event.RtmsEvent;
import io.rtms.event.StreamJoined;
import io.rtms.event.StreamLeft;
import io.rtms.event.StreamRef;
import io.rtms.loop.LogContext;
import io.rtms.stream.EventWeight;
import io.rtms.stream.Interest;
import io.rtms.stream.JoinRequest;
import io.rtms.stream.StreamConfig;
import jakarta.enterprise.event.Event;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Set;
import java.util.function.Consumer;
import org.jboss.logging.Logger;

/**
 * Tells CDI observers of streams' events, passive and asynchronous ones included, see {@link Observers}, and counts and traces the events. What observers
 * throw is logged and counted; the stream goes on.
 */
@Singleton
class EventDelivery {
    private static final Logger LOG = Logger.getLogger(EventDelivery.class);

    private final Event<RtmsEvent> observers;
    private final Set<Class<? extends RtmsEvent>> async = Observers.async(Interest.ALL, Passive.Literal.INSTANCE);
    private final StreamConfig config;
    private final StreamMeters meters;
    private final StreamTraces traces;

    EventDelivery(@Passive Event<RtmsEvent> observers, StreamConfig config, StreamMeters meters, StreamTraces traces) {
        this.observers = observers;
        this.config = config;
        this.meters = meters;
        this.traces = traces;
    }

    /**
     * The delivery of one stream's events, from now on: to CDI observers first, then there. After the last event it waits for observers with
     * {@code @ObservesAsync} to return from all of them, as it does for the others.
     */
    Consumer<RtmsEvent> of(JoinRequest request, Consumer<RtmsEvent> callbacks) {
        return new OfStream(observers(request.stream()), traces.begin(request), callbacks);
    }

    private Observers<RtmsEvent> observers(StreamRef stream) {
        String streamId = stream.streamId();
        return new Observers<>(
                observers,
                async,
                new UnderWay(config.callbackQueue(), config.mailboxBytes()),
                EventWeight::of,
                (event, failure) -> failed("an observer", event, failure),
                task -> Thread.ofVirtual().name("rtms-async-" + streamId).start(() -> {
                    try (LogContext _ = LogContext.of(streamId)) {
                        task.run();
                    }
                }));
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
        private final Observers<RtmsEvent> told;
        private final StreamTrace trace;
        private final Consumer<RtmsEvent> callbacks;
        private final long begun = System.nanoTime();
        private boolean wasJoined;
        private boolean hadMedia;

        OfStream(Observers<RtmsEvent> told, StreamTrace trace, Consumer<RtmsEvent> callbacks) {
            this.told = told;
            this.trace = trace;
            this.callbacks = callbacks;
        }

        @Override
        public void accept(RtmsEvent event) {
            meters.count(event);
            told.tell(event);
            callbacks.accept(event);
            watch(event);
            if (event instanceof StreamLeft) {
                told.awaitReturn();
            }
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
