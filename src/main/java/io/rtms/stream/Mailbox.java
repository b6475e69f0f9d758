package io.rtms.stream;

import io.rtms.event.ChatGroupChanged;
import io.rtms.event.ContactCenterEvent;
import io.rtms.event.MediaData;
import io.rtms.event.MediaMetadata;
import io.rtms.event.RawEvent;
import io.rtms.event.RtmsEvent;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Events on their way from the loop's thread to the stream's. Takes everything, so that the loop never waits; above its limits it asks for
 * the sockets not to be read any more, and below half of them to go on. What is still under way then is bounded by the frame ring.
 */
final class Mailbox {
    /** An event's own weight in bytes, beside its payload. */
    private static final int OVERHEAD = 128;

    private final BlockingQueue<RtmsEvent> events = new LinkedBlockingQueue<>();
    private final AtomicLong bytes = new AtomicLong();
    private final int mostEvents;
    private final long mostBytes;
    private final Valve valve;
    private volatile boolean paused;

    /** Whoever can stop and resume the reading of sockets. */
    @FunctionalInterface
    interface Valve {
        void pause(boolean paused);
    }

    Mailbox(int mostEvents, long mostBytes, Valve valve) {
        this.mostEvents = mostEvents;
        this.mostBytes = mostBytes;
        this.valve = valve;
    }

    /** Adds an event; never waits. */
    void put(RtmsEvent event) {
        bytes.addAndGet(weight(event));
        events.add(event);
        if (!paused && isOver()) {
            adjust();
        }
    }

    /** The next event, waiting for it where there is none. For one thread. */
    RtmsEvent take() throws InterruptedException {
        RtmsEvent event = events.take();
        bytes.addAndGet(-weight(event));
        if (paused && isRelieved()) {
            adjust();
        }
        return event;
    }

    /** Events that wait. */
    int size() {
        return events.size();
    }

    /** Looks once more after each change: the other side may have moved between the look and the change. */
    private synchronized void adjust() {
        while (paused ? isRelieved() : isOver()) {
            paused = !paused;
            valve.pause(paused);
        }
    }

    private boolean isOver() {
        return bytes.get() > mostBytes || events.size() > mostEvents;
    }

    private boolean isRelieved() {
        return bytes.get() <= mostBytes / 2 && events.size() <= mostEvents / 2;
    }

    private static int weight(RtmsEvent event) {
        return OVERHEAD
                + switch (event) {
                    case MediaData media -> media.size();
                    case MediaMetadata metadata -> metadata.json().length();
                    case RawEvent raw -> raw.json().length();
                    case ChatGroupChanged group -> group.json().length();
                    case ContactCenterEvent voice -> voice.json().length();
                    default -> 0;
                };
    }
}
