package io.rtms.stream;

import io.rtms.event.RtmsEvent;
import io.rtms.event.StreamLeft;
import io.rtms.event.StreamStateChanged;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;

/**
 * The way of events to one callback, in order. After {@link #close()} has returned the callback does not begin again, but for the end itself
 * ({@link StreamLeft}) and the states that lead to it.
 */
abstract class Lane {
    /** Told of what callbacks throw. */
    @FunctionalInterface
    interface Failures {
        void report(RtmsEvent event, Throwable failure);
    }

    private enum Gate {
        OPEN,
        RUNNING,
        CLOSED
    }

    private final Class<? extends RtmsEvent> type;
    private final Failures failures;
    private final AtomicReference<Gate> gate = new AtomicReference<>(Gate.OPEN);
    private final CompletableFuture<Void> ended = new CompletableFuture<>();

    Lane(Class<? extends RtmsEvent> type, Failures failures) {
        this.type = type;
        this.failures = failures;
    }

    /** Takes an event, on the stream's thread; may wait while the callback is behind. The last one is the stream's end. */
    final void put(RtmsEvent event) throws InterruptedException {
        if (type.isInstance(event) && mayBegin(event)) {
            accept(event);
        }
        if (event instanceof StreamLeft) {
            acceptEnd();
        }
    }

    /** Takes an event that the callback listens to. */
    abstract void accept(RtmsEvent event) throws InterruptedException;

    /** No other event follows; {@link #end()} is to be called when the callback has returned from all of them. */
    abstract void acceptEnd();

    /** Wakes up whoever waits in {@link #accept}: nothing is delivered any more. */
    abstract void wake();

    /** No callback begins from now on; one that runs goes on. */
    final void close() {
        gate.set(Gate.CLOSED);
        wake();
    }

    final boolean isClosed() {
        return gate.get() == Gate.CLOSED;
    }

    /** Whether this event may still be delivered. */
    final boolean mayBegin(RtmsEvent event) {
        return !isClosed() || event instanceof StreamLeft || event instanceof StreamStateChanged;
    }

    /** Runs the callback, unless it must not begin any more. One at a time. */
    final void run(RtmsEvent event, Runnable callback) {
        boolean entered = gate.compareAndSet(Gate.OPEN, Gate.RUNNING);
        if (!entered && !mayBegin(event)) {
            return;
        }
        try {
            callback.run();
        } catch (Throwable e) { // an error too is the callback's own affair
            failed(event, e);
        } finally {
            gate.compareAndSet(Gate.RUNNING, Gate.OPEN);
        }
    }

    final void failed(RtmsEvent event, Throwable failure) {
        failures.report(event, failure);
    }

    final void end() {
        ended.complete(null);
    }

    /** Completes when the callback has returned for the last time. */
    final CompletableFuture<Void> ended() {
        return ended;
    }
}
