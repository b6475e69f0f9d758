package io.rtms.simulator;

import io.rtms.event.StopReason;
import io.rtms.simulator.script.MeetingScript;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.jboss.logging.Logger;

/**
 * A meeting from its first webhook to its last. What is said and happens goes out on one virtual thread and each medium with frames on another,
 * so that a client that is slow with the one still gets the others.
 */
final class Performance {
    private static final Logger LOG = Logger.getLogger(SimulatedMeeting.class);

    /** Plays a medium with frames, to the end or until the script is over and nobody listens. */
    interface FramePlayer {
        void play(MeetingClock clock) throws InterruptedException;
    }

    private final SimulatedStream stream;
    private final MeetingScript script;
    private final ScriptPlayer words;
    private final List<FramePlayer> frames;
    private final Supplier<String> summary;
    private final AtomicReference<StopReason> stopReason = new AtomicReference<>();
    private final CompletableFuture<StopReason> end = new CompletableFuture<>();
    private volatile MeetingClock clock;
    private volatile Thread player;
    private volatile boolean silent;

    Performance(
            SimulatedStream stream,
            MeetingScript script,
            ScriptPlayer words,
            List<FramePlayer> frames,
            Supplier<String> summary) {
        this.stream = stream;
        this.script = script;
        this.words = words;
        this.frames = frames;
        this.summary = summary;
    }

    void start() {
        player = Thread.ofVirtual().name("simulator-meeting").unstarted(this::play);
        Thread.ofVirtual().name("simulator-stage").start(this::run);
    }

    /** Ends the meeting; does nothing when it is over. */
    void stop(StopReason reason) {
        Thread playing = player;
        if (stopReason.compareAndSet(null, reason) && playing != null) {
            playing.interrupt();
        }
    }

    /** Sends no webhook any more. */
    void beSilent() {
        silent = true;
    }

    CompletableFuture<StopReason> end() {
        return end;
    }

    /** Zoom's time stamp for now. */
    long timestamp() {
        MeetingClock running = clock;
        return running == null ? System.currentTimeMillis() : running.timestamp(running.nowMs());
    }

    /** Is never interrupted itself, so that a meeting that is stopped still ends in good order. */
    private void run() {
        try {
            player.start();
            player.join();
            StopReason reason = stopReason.get();
            stream.finish(reason, silent);
            words.giveUp();
            LOG.infof("Simulated meeting %s is over (%s)", stream.identity().streamId(), reason);
            LOG.infof("Simulated meeting %s: %s", stream.identity().streamId(), summary.get());
            end.complete(reason);
        } catch (InterruptedException | RuntimeException e) {
            end.completeExceptionally(e);
        }
    }

    private void play() {
        try {
            if (stopReason.get() != null) {
                return;
            }
            stream.announcer().started();
            if (!stream.gate().awaitReady(stream.settings().joinTimeout())) {
                LOG.warnf(
                        "Nobody joined the simulated meeting %s in %s",
                        stream.identity().streamId(), stream.settings().joinTimeout());
                stopReason.compareAndSet(null, StopReason.CONNECTION_TIMEOUT);
                return;
            }
            stream.gate().awaitSettled(stream.settings().settle());
            LOG.infof(
                    "Simulated meeting %s plays %s: %d cues, %d happenings, %d people, %d s at speed %s",
                    stream.identity().streamId(),
                    script.name(),
                    script.cues().size(),
                    script.happenings().size(),
                    script.people().size(),
                    script.durationMs() / 1000,
                    stream.options().speed());
            clock = new MeetingClock(stream.options().speed());
            playAll();
            stopReason.compareAndSet(null, StopReason.MEETING_ENDED);
        } catch (InterruptedException stopped) {
            // stop() has said why.
            stopReason.compareAndSet(null, StopReason.EXIT_SIGNAL);
        } catch (RuntimeException e) {
            LOG.errorf(e, "The simulated meeting %s failed", stream.identity().streamId());
            stopReason.compareAndSet(null, StopReason.INTERNAL_EXCEPTION);
        }
    }

    private void playAll() throws InterruptedException {
        List<Thread> threads = new ArrayList<>();
        try {
            frames.forEach(one ->
                    threads.add(Thread.ofVirtual().name("simulator-frames").start(() -> play(one))));
            words.play(clock);
            stream.gate().scriptIsOver();
            for (Thread thread : threads) {
                thread.join();
            }
        } finally {
            threads.forEach(Thread::interrupt);
        }
    }

    private void play(FramePlayer medium) {
        try {
            medium.play(clock);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            LOG.errorf(
                    e,
                    "A medium of the simulated meeting %s failed",
                    stream.identity().streamId());
        }
    }
}
