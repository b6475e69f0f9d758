package io.rtms.stream;

import io.rtms.event.RtmsEvent;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Events on their way to the stream's thread. Takes everything, so that the loop never waits, and tells of each change; what
 * is done about that is {@link Overload}'s affair. For any number of writers and one reader.
 */
final class Mailbox {
    private final BlockingQueue<RtmsEvent> events = new LinkedBlockingQueue<>();
    private final AtomicLong bytes = new AtomicLong();
    private final int mostEvents;
    private final long mostBytes;
    private final Runnable onChange;

    /** @param onChange told after it grew or shrank, on the writer's or the reader's thread */
    Mailbox(int mostEvents, long mostBytes, Runnable onChange) {
        this.mostEvents = mostEvents;
        this.mostBytes = mostBytes;
        this.onChange = onChange;
    }

    /** Adds an event; never waits. */
    void put(RtmsEvent event) {
        bytes.addAndGet(EventWeight.of(event));
        events.add(event);
        onChange.run();
    }

    /** The next event, waiting for it where there is none. For one thread. */
    RtmsEvent take() throws InterruptedException {
        RtmsEvent event = events.take();
        bytes.addAndGet(-EventWeight.of(event));
        onChange.run();
        return event;
    }

    /** Events that wait. */
    int size() {
        return events.size();
    }

    /** How full it is: 1 at its limit, by number or by bytes. */
    double fill() {
        return Math.max((double) events.size() / mostEvents, (double) bytes.get() / mostBytes);
    }
}
