package io.rtms.stream;

import io.rtms.event.RtmsEvent;
import io.rtms.event.StreamLeft;
import io.rtms.event.StreamRef;
import io.rtms.event.StreamStateChanged;
import io.rtms.loop.LogContext;
import io.rtms.sdk.Reading;
import java.time.Duration;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.jboss.logging.Logger;

/** Delivers one stream's events in order on a virtual thread of its own, until the stream has been left. */
final class StreamThread {
    private static final Logger LOG = Logger.getLogger(StreamThread.class);

    /** Between looks at whether this process still has the stream. */
    private static final Duration VERDICT_PAUSE = Duration.ofMillis(10);

    private final Mailbox mailbox;
    private final Overload overload;
    private final Thread thread;
    private volatile Lease lease = Lease.ALONE;

    /**
     * @param observer gets every event
     * @param sockets told what is to be read while the observer is behind
     * @param notes told in words of observers that are behind
     */
    StreamThread(
            StreamRef stream,
            StreamConfig config,
            ScheduledExecutorService timers,
            Consumer<RtmsEvent> observer,
            Consumer<Reading> sockets,
            Consumer<String> notes) {
        this.mailbox = new Mailbox(config.mailboxFrames(), config.mailboxBytes(), this::onChange);
        this.overload = new Overload(config.patience(), timers, mailbox::fill, sockets, notes);
        this.thread =
                Thread.ofVirtual().name("rtms-stream-" + stream.streamId()).unstarted(() -> deliver(stream, observer));
    }

    /** @param held whether observers may be told */
    void start(Lease held) {
        lease = held;
        thread.start();
    }

    /** Adds an event, or drops it where observers are too far behind; never waits. */
    void put(RtmsEvent event) {
        if (overload.admits(event)) {
            overload.reportsBefore(event).forEach(mailbox::put);
            mailbox.put(event);
        }
    }

    private void onChange() {
        overload.onChange();
    }

    /**
     * The stream is ending: sockets that rest for observers who are behind are read now, or what is under way would be lost.
     *
     * @return whether they were read before this call
     */
    boolean hurry() {
        return overload.hurry();
    }

    /** Events that wait. */
    int waiting() {
        return mailbox.size();
    }

    /** Waits until the last event has been delivered; false where the time was not enough. */
    boolean awaitEnd(Duration timeout) throws InterruptedException {
        return thread.join(timeout);
    }

    private void deliver(StreamRef stream, Consumer<RtmsEvent> observer) {
        try (LogContext _ = LogContext.of(stream.streamId())) {
            RtmsEvent event;
            do {
                event = next();
                if (isOurs(event)) {
                    deliver(observer, event);
                }
            } while (!(event instanceof StreamLeft));
        }
    }

    /** What came while another process may have taken the stream is that one's to tell. The stream's own life is always told. */
    private boolean isOurs(RtmsEvent event) {
        while (!lease.mayDeliver()) {
            LockSupport.parkNanos(VERDICT_PAUSE.toNanos());
        }
        return !lease.isLost() || event instanceof StreamLeft || event instanceof StreamStateChanged;
    }

    /** Whatever one event comes to, those behind it are to be delivered. */
    private static void deliver(Consumer<RtmsEvent> observer, RtmsEvent event) {
        try {
            observer.accept(event);
        } catch (Throwable e) {
            LOG.errorf(
                    e,
                    "Stream %s: the delivery of %s failed",
                    event.stream().streamId(),
                    event.getClass().getSimpleName());
        }
    }

    /** Only an observer can have interrupted this thread: its own affair, and no reason to stop here. */
    private RtmsEvent next() {
        while (true) {
            try {
                return mailbox.take();
            } catch (InterruptedException e) {
                LOG.debug("An interruption of a stream's thread changes nothing");
            }
        }
    }
}
