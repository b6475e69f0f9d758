package io.rtms.stream;

import io.rtms.event.RtmsEvent;
import io.rtms.event.StreamLeft;
import java.time.Duration;
import java.util.function.Consumer;

/** Delivers one stream's events in order on a virtual thread of its own, until the stream has been left. */
final class StreamThread {
    private final Mailbox mailbox;
    private final Thread thread;

    /**
     * @param observer gets every event
     * @param valve stops and resumes the stream's sockets while the observer is behind
     */
    StreamThread(String streamId, StreamConfig config, Consumer<RtmsEvent> observer, Mailbox.Valve valve) {
        this.mailbox = new Mailbox(config.mailboxFrames(), config.mailboxBytes(), valve);
        this.thread = Thread.ofVirtual().name("rtms-stream-" + streamId).unstarted(() -> deliver(observer));
    }

    void start() {
        thread.start();
    }

    /** Adds an event; never waits. */
    void put(RtmsEvent event) {
        mailbox.put(event);
    }

    /** Events that wait. */
    int waiting() {
        return mailbox.size();
    }

    /** Waits until the last event has been delivered; false where the time was not enough. */
    boolean awaitEnd(Duration timeout) throws InterruptedException {
        return thread.join(timeout);
    }

    private void deliver(Consumer<RtmsEvent> observer) {
        try {
            RtmsEvent event;
            do {
                event = mailbox.take();
                observer.accept(event);
                Thread.interrupted(); // an observer's own affair, and no reason to stop here
            } while (!(event instanceof StreamLeft));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
