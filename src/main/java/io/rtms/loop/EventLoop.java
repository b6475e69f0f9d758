package io.rtms.loop;

import io.rtms.sdk.BrokenRingException;
import io.rtms.sdk.Frame;
import io.rtms.sdk.NativeException;
import io.rtms.sdk.NativeLoop;
import io.rtms.sdk.NativeStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import org.jboss.logging.Logger;

/**
 * Drives one native loop: its virtual thread reads frames and hands each to its client, and parks while there are none. Every method may be
 * called from any thread.
 */
public final class EventLoop {
    private static final Logger LOG = Logger.getLogger(EventLoop.class);
    /** The native side's lines. */
    private static final Logger ENGINE = Logger.getLogger("io.rtms.engine");
    /** Frames after which other virtual threads get their turn. */
    private static final int BATCH = 256;

    private final String name;
    private final NativeLoop nativeLoop;
    private final Map<Long, LoopClient> clients = new ConcurrentHashMap<>();
    private final AtomicReference<Thread> thread = new AtomicReference<>();
    private final CompletableFuture<Void> ended = new CompletableFuture<>();
    private volatile Runnable onRemoved = () -> {};
    private volatile boolean stopped;
    private final Pulse pulse = new Pulse();
    private final Restarts restarts = new Restarts();
    private volatile double ringFillRatio;
    private volatile double lastRingFillRatio;

    /**
     * @param name shown in thread names, logs and metrics
     * @throws io.rtms.sdk.NativeException where the native loop cannot be started
     */
    public EventLoop(String name, LoopSettings settings) {
        this.name = name;
        this.nativeLoop = NativeLoop.open(name, settings.ringBytes(), settings.engine());
        try {
            nativeLoop.tls(settings.caFile(), settings.verifyTls());
            NativeLoop.logLevel(engineLogLevel());
        } catch (RuntimeException e) {
            nativeLoop.close();
            throw e;
        }
    }

    /**
     * Gives a client a place on this loop, with a native stream of its own.
     *
     * @throws IllegalStateException where the loop was stopped
     */
    public LoopSeat add(LoopClient client) {
        if (stopped) {
            throw new IllegalStateException("loop " + name + " is stopped");
        }
        NativeStream stream = nativeLoop.newStream();
        LoopSeat seat = new LoopSeat(this, stream);
        try {
            client.seated(seat);
        } catch (RuntimeException e) {
            stream.destroy();
            throw e;
        }
        clients.put(stream.handle(), client);
        return seat;
    }

    void remove(NativeStream stream) {
        if (clients.remove(stream.handle()) != null) {
            stream.destroy();
            onRemoved.run();
        }
    }

    /** Called whenever a client has given its place back. */
    void whenRemoved(Runnable action) {
        onRemoved = action;
    }

    /**
     * Starts reading and blocks the calling thread until the loop has ended: after {@link #stop()}, or without clients.
     *
     * @param stopOnEmpty end as soon as no client has a place on it
     */
    public void run(boolean stopOnEmpty) throws InterruptedException {
        runAsync(stopOnEmpty);
        thread.get().join();
    }

    /**
     * Starts reading; the stage completes when the loop has ended: after {@link #stop()}, or without clients.
     *
     * @param stopOnEmpty end as soon as no client has a place on it
     */
    public CompletionStage<Void> runAsync(boolean stopOnEmpty) {
        if (stopOnEmpty) {
            whenRemoved(this::stopWhenEmpty);
        }
        start();
        if (stopOnEmpty) {
            stopWhenEmpty();
        }
        return ended;
    }

    private void stopWhenEmpty() {
        if (clients.isEmpty()) {
            stop();
        }
    }

    /** Starts reading; a second call does nothing. Returns this loop. */
    public EventLoop start() {
        Thread reader = Thread.ofVirtual().name(name).unstarted(this::read);
        if (thread.compareAndSet(null, reader)) {
            reader.start();
        }
        return this;
    }

    /** Closes every stream and ends the loop. Returns at once; {@link #join} waits. */
    public void stop() {
        stopped = true;
        restarts.stop();
        nativeLoop.stop();
        start(); // a loop that never ran still has to read its last frame and free its memory
    }

    /**
     * Waits until the loop has ended.
     *
     * @return false where the time was not enough
     */
    public boolean join(Duration timeout) throws InterruptedException {
        Thread reader = thread.get();
        return reader != null && reader.join(timeout);
    }

    /** Clients that have a place on this loop. */
    public int clientCount() {
        return clients.size();
    }

    /** The name given to it. */
    public String name() {
        return name;
    }

    /** Whether it reads. */
    public boolean isRunning() {
        Thread reader = thread.get();
        return reader != null && reader.isAlive();
    }

    /** How much of the frame ring waited to be read, 0 to 1: the most since {@link #watch} was called for the last time but one. */
    public double ringFillRatio() {
        return Math.max(ringFillRatio, lastRingFillRatio);
    }

    /**
     * To be called every few seconds. Asks the loop for a sign of life, which takes the way of every command and frame, unless one is awaited; begins a
     * new {@link #ringFillRatio}; has the native side log as much as the category {@code io.rtms.engine} does now.
     */
    public void watch() {
        NativeLoop.logLevel(engineLogLevel());
        pulse.ask(nativeLoop);
        lastRingFillRatio = ringFillRatio;
        ringFillRatio = 0;
    }

    /** For how long the sign of life that was asked for last has not come; zero where it has. */
    public Duration pulseAwaited() {
        return pulse.awaited();
    }

    /**
     * How long one of its sockets, of those that should be heard, had brought nothing at the time of the last sign of life: the one that had been
     * silent longest.
     */
    public Duration silence() {
        return pulse.silence();
    }

    /** Whether it has a process of its own. */
    public boolean isIsolated() {
        return nativeLoop.isIsolated();
    }

    /** Id of its process; 0 where it has none of its own, or none at the moment. */
    public long process() {
        return nativeLoop.process();
    }

    /** How often its process was started again. */
    public int restarts() {
        return restarts.count();
    }

    /** Name and version of the engine that drives its streams. */
    public String engine() {
        return nativeLoop.engine();
    }

    /** Ends the process of an isolated loop that gives no sign of life; another one is started. */
    public void kill() {
        LOG.errorf(
                "Loop %s: no sign of life for %d s; its process %d is ended",
                name, pulseAwaited().toSeconds(), nativeLoop.process());
        nativeLoop.kill();
    }

    private void read() {
        try {
            LoopEnd end = new LoopEnd();
            do {
                readUntilGone(end);
            } while (!end.reached && revive());
        } catch (IOException e) {
            LOG.errorf(e, "Loop %s cannot read its wake-up socket any more", name);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            stopped = true;
            nativeLoop.close();
            ended.complete(null);
        }
    }

    /** An isolated loop's process is gone: has another one started, until it can be or the loop is stopped. */
    private boolean revive() throws InterruptedException {
        long begin = System.nanoTime();
        while (nativeLoop.isIsolated() && !stopped && restarts.pause()) {
            try {
                if (!nativeLoop.restart()) {
                    return false;
                }
                restarts.started();
                pulse.lost();
                LOG.warnf(
                        "Loop %s: its process was started again, number %d, after %d ms; %d streams join again",
                        name, nativeLoop.process(), (System.nanoTime() - begin) / 1_000_000, clients.size());
                return true;
            } catch (NativeException | UncheckedIOException e) {
                LOG.errorf("Loop %s: its process cannot be started again: %s", name, e.getMessage());
            }
        }
        return false;
    }

    /** Reads on until the loop's last frame, or until the native side is gone. */
    private void readUntilGone(LoopEnd end) throws IOException {
        try {
            boolean gone = false;
            while (!end.reached) {
                double waiting = nativeLoop.fillRatio();
                if (waiting > ringFillRatio) {
                    ringFillRatio = waiting;
                }
                int frames = nativeLoop.read(frame -> dispatch(frame, end), BATCH);
                if (frames > 0) {
                    Thread.yield(); // virtual threads are not preempted: a busy ring must not keep the carrier from
                    // the streams' threads
                } else if (gone) {
                    LOG.errorf("Loop %s: the native side is gone", name);
                    return;
                } else if (!end.reached) {
                    gone = !nativeLoop.await(); // once more: what was written before can be read
                }
            }
        } catch (BrokenRingException e) {
            LOG.errorf("Loop %s: %s", name, e.getMessage());
            nativeLoop.kill();
        }
    }

    private void dispatch(Frame frame, LoopEnd end) {
        switch (frame.kind()) {
            case LOOP_STOPPED -> end.reached = true;
            case LOG -> log(frame);
            case PULSE -> pulse.answered(frame);
            default -> {
                LoopClient client = clients.get(frame.stream());
                if (client != null) {
                    deliver(client, frame);
                }
            }
        }
    }

    private void deliver(LoopClient client, Frame frame) {
        try {
            client.onFrame(frame);
        } catch (Throwable e) { // an error too is one stream's affair; the loop drives many
            LOG.errorf(e, "Loop %s: a client failed on a %s frame", name, frame.kind());
        }
    }

    private void log(Frame frame) {
        LoopClient client = clients.get(frame.stream());
        if (client == null) {
            ENGINE.logf(level(frame.code()), "Loop %s: %s", name, frame.text());
            return;
        }
        try (LogContext _ = LogContext.of(client.streamId())) {
            ENGINE.logf(level(frame.code()), "Stream %s: %s", client.streamId(), frame.text());
        }
    }

    private static int engineLogLevel() {
        int most = 0;
        while (most < 5 && ENGINE.isEnabled(level(most + 1))) {
            most++;
        }
        return most;
    }

    private static Logger.Level level(int code) {
        return switch (code) {
            case 1 -> Logger.Level.ERROR;
            case 2 -> Logger.Level.WARN;
            case 3 -> Logger.Level.INFO;
            case 4 -> Logger.Level.DEBUG;
            default -> Logger.Level.TRACE;
        };
    }

    /** Set by the loop's last frame. */
    private static final class LoopEnd {
        private boolean reached;
    }
}
