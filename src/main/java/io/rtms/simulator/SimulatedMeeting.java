package io.rtms.simulator;

import io.rtms.event.StopReason;
import io.rtms.media.MediaType;
import io.rtms.simulator.script.MeetingScript;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import org.jboss.logging.Logger;

/**
 * A meeting that is being played, or was. Made by {@link Simulator#play}; for all threads. The words go out on one virtual thread and
 * the audio
 * on another, so that a client that is slow with the one still gets the other.
 */
public final class SimulatedMeeting {
    private static final Logger LOG = Logger.getLogger(SimulatedMeeting.class);

    private final MeetingScript script;
    private final PlayOptions options;
    private final SimulatorConfig settings;
    private final StreamIdentity identity;
    private final Webhooks webhooks;
    private final SimulatedStream stream;
    private final SpeechPlayer speech;
    private final AudioPlayer audio;
    private final AtomicReference<StopReason> stopReason = new AtomicReference<>();
    private final CompletableFuture<StopReason> end = new CompletableFuture<>();
    private volatile Thread player;
    private volatile boolean silent;
    private volatile boolean last;

    SimulatedMeeting(
            Vertx vertx,
            SimulatorConfig settings,
            Webhooks webhooks,
            StreamIdentity identity,
            String signature,
            MeetingScript script,
            PlayOptions options) {
        this.script = script;
        this.options = options;
        this.settings = settings;
        this.identity = identity;
        this.webhooks = webhooks;
        Participants participants = new Participants(script.speakers());
        this.stream =
                new SimulatedStream(vertx, settings, identity, signature, participants, options.framing(), new Owner());
        this.speech = new SpeechPlayer(stream, script);
        this.audio = new AudioPlayer(stream, script, options.sound(), settings.audioBuffer());
    }

    /** {@code rtms_stream_id} of the stream. */
    public String streamId() {
        return identity.streamId();
    }

    /** Id of the meeting, or of the webinar, session, engagement or call; holds {@code /}, {@code +} and {@code =}. */
    public String meetingUuid() {
        return identity.id();
    }

    /** What is played. */
    public MeetingScript script() {
        return script;
    }

    /** How it is played. */
    public PlayOptions options() {
        return options;
    }

    /** Cues whose transcript was sent. Together with {@link #transcriptsLost()} all that were said so far. */
    public long transcriptsSent() {
        return speech.sent();
    }

    /** Cues that were said while no client had the transcript connected. */
    public long transcriptsLost() {
        return speech.lost();
    }

    /** Events that happened while there was no signaling connection. */
    public long eventsLost() {
        return speech.eventsLost();
    }

    /** Audio frames sent. */
    public long audioFramesSent() {
        return audio.sent();
    }

    /** Audio frames that were left out because the medium was away for longer than the buffer reaches. */
    public long audioFramesLost() {
        return audio.lost();
    }

    /** Whether a client has this medium connected and is ready for it. */
    public boolean isConnected(MediaType medium) {
        return stream.medium(medium).isPresent();
    }

    /** Waits for the end, webhook included, and says why; empty where it does not come in time. */
    public Optional<StopReason> awaitEnd(Duration timeout) throws InterruptedException {
        try {
            return Optional.of(end.get(timeout.toMillis(), TimeUnit.MILLISECONDS));
        } catch (TimeoutException e) {
            return Optional.empty();
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        }
    }

    /** Ends the meeting, and its loop, as Zoom would for this reason; does nothing when it is over. Does not wait. */
    public void stop(StopReason reason) {
        last = true;
        end(reason);
    }

    /** A fault: the server loses the signaling connection, and with it the media. False where there is none. */
    public boolean dropSignaling() {
        return stream.dropSignaling();
    }

    /** A fault: the server loses the connection of a medium. False where there is none. */
    public boolean dropMedia(MediaType medium) {
        return stream.dropMedia(medium);
    }

    /** Whether no other meeting follows this one. */
    boolean isLast() {
        return last || !options.loop();
    }

    SimulatedStream stream() {
        return stream;
    }

    CompletableFuture<StopReason> end() {
        return end;
    }

    void start() {
        player = Thread.ofVirtual().name("simulator-meeting").unstarted(this::play);
        Thread.ofVirtual().name("simulator-stage").start(this::run);
    }

    /** Ends the meeting without a webhook: the process goes down. */
    void abandon() {
        silent = true;
        stop(StopReason.EXIT_SIGNAL);
    }

    /** Is never interrupted itself, so that a meeting that is stopped still ends in good order. */
    private void run() {
        try {
            player.start();
            player.join();
            StopReason reason = stopReason.get();
            stream.finish(reason);
            LOG.infof(
                    "Simulated meeting %s is over (%s): %d transcripts sent, %d lost, %d audio frames sent, %d lost",
                    streamId(), reason, transcriptsSent(), transcriptsLost(), audioFramesSent(), audioFramesLost());
            if (options.webhooks() && !silent) {
                webhooks.stopped(identity, reason);
            }
            end.complete(reason);
        } catch (InterruptedException | RuntimeException e) {
            end.completeExceptionally(e);
        }
    }

    private void play() {
        try {
            if (options.webhooks()) {
                webhooks.started(identity);
            }
            if (!stream.awaitReady(settings.joinTimeout())) {
                LOG.warnf("Nobody joined the simulated meeting %s in %s", streamId(), settings.joinTimeout());
                stopReason.compareAndSet(null, StopReason.CONNECTION_TIMEOUT);
                return;
            }
            stream.awaitSettled(settings.settle());
            LOG.infof(
                    "Simulated meeting %s plays %s: %d cues, %d people, %d s at speed %s",
                    streamId(),
                    script.name(),
                    script.cues().size(),
                    script.speakers().size(),
                    script.durationMs() / 1000,
                    options.speed());
            playScript(new MeetingClock(options.speed()));
            stopReason.compareAndSet(null, StopReason.MEETING_ENDED);
        } catch (InterruptedException stopped) {
            // stop() has said why.
            stopReason.compareAndSet(null, StopReason.EXIT_SIGNAL);
        } catch (RuntimeException e) {
            LOG.errorf(e, "The simulated meeting %s failed", streamId());
            stopReason.compareAndSet(null, StopReason.INTERNAL_EXCEPTION);
        }
    }

    private void playScript(MeetingClock clock) throws InterruptedException {
        Thread sound = Thread.ofVirtual().name("simulator-audio").start(() -> playAudio(clock));
        try {
            speech.play(clock);
            stream.scriptIsOver();
            sound.join();
        } finally {
            sound.interrupt();
        }
    }

    private void playAudio(MeetingClock clock) {
        try {
            audio.play(clock);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            LOG.errorf(e, "Audio of the simulated meeting %s failed", streamId());
        }
    }

    private void end(StopReason reason) {
        if (stopReason.compareAndSet(null, reason)) {
            player.interrupt();
        }
    }

    private final class Owner implements SimulatedStream.Owner {
        @Override
        public void signalingLost() {
            if (options.webhooks()) {
                Thread.ofVirtual().name("simulator-interrupted").start(() -> webhooks.interrupted(identity));
            }
        }

        @Override
        public void stop(StopReason reason) {
            end(reason);
        }
    }
}
