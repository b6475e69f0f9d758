package io.rtms.stream;

import io.rtms.event.Cause;
import io.rtms.event.RtmsEvent;
import io.rtms.event.StopReason;
import io.rtms.event.StreamJoined;
import io.rtms.event.StreamLeft;
import io.rtms.event.StreamRef;
import io.rtms.event.StreamState;
import io.rtms.event.StreamStateChanged;
import io.rtms.event.StreamStatus;
import io.rtms.loop.LoopSeat;
import io.rtms.media.MediaParams;
import io.rtms.media.MediaType;
import io.rtms.sdk.Frame;
import io.rtms.sdk.NativeError;
import io.rtms.sdk.NativeException;
import io.rtms.sdk.NativeStream;
import io.rtms.sdk.Reading;
import io.rtms.stream.ReconnectPolicy.Decision;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jboss.logging.Logger;

/**
 * The state machine of one stream ({@link StreamPhase}), from join to end. Runs where things happen, on the loop's thread, a timer's or a
 * caller's, under this object's lock and without waiting, so that a slow observer never delays a reconnection.
 */
final class StreamLife {
    private static final Logger LOG = Logger.getLogger(StreamLife.class);
    /** Part of the pause before another attempt after which a lost medium is told to observers. */
    private static final int GRACE_PART = 10;

    private final JoinRequest request;
    private final MediaRequest media;
    private final StreamConfig config;
    private final ReconnectPolicy policy;
    private final ScheduledExecutorService timers;
    private final Consumer<RtmsEvent> events;
    private final Grants grants;

    private StreamPhase phase = new StreamPhase.Idle();
    private volatile LoopSeat seat;
    private List<String> serverUrls;
    private boolean everLive;
    private int attempts;
    private volatile StreamSnapshot snapshot;

    /** @param events takes what observers are to be told, without waiting */
    StreamLife(
            JoinRequest request,
            MediaRequest media,
            StreamConfig config,
            ReconnectPolicy policy,
            ScheduledExecutorService timers,
            Consumer<RtmsEvent> events) {
        this.request = request;
        this.media = media;
        this.config = config;
        this.policy = policy;
        this.timers = timers;
        this.events = events;
        this.serverUrls = request.serverUrls();
        this.grants = new Grants(media.params());
        this.snapshot = snapshotOf(StreamState.JOINING, Cause.NONE);
    }

    StreamSnapshot snapshot() {
        return snapshot;
    }

    synchronized MediaParams parameters() {
        return grants.effective();
    }

    /** The native stream of one that was joined and is not over; else throws {@link IllegalStateException}. */
    synchronized NativeStream running() {
        if (seat == null || phase instanceof StreamPhase.Over) {
            throw new IllegalStateException(
                    "stream %s %s".formatted(stream().streamId(), seat == null ? "was not joined" : "is over"));
        }
        return sockets();
    }

    /** Whether there is a native stream with sockets. */
    synchronized boolean hasSockets() {
        return phase.hasSockets();
    }

    /** Starts the first attempt. Once. */
    synchronized void join(LoopSeat place) {
        if (!(phase instanceof StreamPhase.Idle)) {
            throw new IllegalStateException("stream " + stream().streamId() + " was joined before");
        }
        seat = place;
        announce(StreamState.JOINING, Cause.NONE);
        try {
            configure();
            connect(1, System.nanoTime());
            request.timeout().ifPresent(timeout -> after(timeout, () -> joinTimedOut(timeout)));
        } catch (NativeException e) {
            over(StreamState.FAILED, new Cause(e.error().code(), e.error().name(), e.getMessage(), false));
        }
    }

    private synchronized void joinTimedOut(Duration timeout) {
        if (!everLive && !(phase instanceof StreamPhase.Over)) {
            NativeError error = NativeError.TIMEOUT;
            String text = "Not joined in %.1f s. %s"
                    .formatted(timeout.toMillis() / 1000.0, snapshot.cause().text());
            over(StreamState.FAILED, new Cause(error.code(), error.name(), text.strip(), false));
        }
    }

    /** Ends the stream: Zoom is told that we leave. On a stream that is over this does nothing. */
    synchronized void leave() {
        Cause cause = Cause.of(StopReason.RECEIVER_REQUEST_CLOSE);
        if (phase.hasSockets() && sockets().leave()) {
            enter(new StreamPhase.Closing(cause));
        } else if (!(phase instanceof StreamPhase.Over)) {
            over(StreamState.ENDED, cause);
        }
    }

    /** Zoom says that it stopped the stream ({@code *.rtms_stopped}). */
    synchronized void onStopped(StopReason reason) {
        end(Cause.of(reason));
    }

    /** Zoom moved the stream to other servers (another {@code *.rtms_started}): connects to them at once. */
    synchronized void onNewServers(List<String> urls) {
        serverUrls = List.copyOf(urls);
        Cause cause =
                new Cause(0, "NEW_SERVERS", "Zoom moved the stream to other servers. Connecting to them now.", true);
        reconnect(cause, true);
    }

    /**
     * Zoom lost our signaling connection ({@code *.rtms_interrupted}).
     *
     * @param urls other servers to connect to, empty for the same
     * @param timestamp when Zoom noticed, milliseconds since the epoch: a connection made since then is not meant
     */
    synchronized void onInterrupted(List<String> urls, long timestamp) {
        if (urls.isEmpty() && phase instanceof StreamPhase.Live && snapshot.sinceMs() > timestamp) {
            return;
        }
        if (!urls.isEmpty()) {
            serverUrls = List.copyOf(urls);
        }
        Cause cause = Cause.of(StopReason.SIGNAL_CONNECTION_INTERRUPTED);
        reconnect(
                new Cause(cause.code(), cause.name(), cause.text() + " Connecting again now.", true), !urls.isEmpty());
    }

    /** Takes in what a frame says about the stream's life; other frames mean nothing here. */
    synchronized void onFrame(Frame frame) {
        switch (frame.kind()) {
            case MEDIA_READY -> grants.ready(media.of(frame.code()), frame.text());
            case MEDIA_REFUSED -> onMediaRefused(media.of(frame.code()), frame);
            case JOINED -> onJoined();
            case MEDIA_LOST -> onMediaLost(frame);
            case DISCONNECTED -> onDisconnected(frame);
            case STREAM_STATE -> onStreamStatus(frame);
            default -> {}
        }
    }

    private void onMediaRefused(Set<MediaType> types, Frame frame) {
        grants.refused(types);
        LOG.warnf(
                "Stream %s: Zoom refused %s with status %d %s",
                stream().streamId(), types, frame.detail(), frame.text());
        if (phase instanceof StreamPhase.MediaDown && grants.isEmpty()) {
            over(StreamState.FAILED, policy.refusal(frame.detail(), frame.text()));
        }
    }

    private void onJoined() {
        switch (phase) {
            case StreamPhase.Connecting connecting -> live(connecting.attempt());
            case StreamPhase.MediaDown down when grants.lost().isEmpty() -> live(down.failed() + 1);
            case StreamPhase.MediaDown down -> rejoinMediaLater(down.failed() + 1);
            default -> {}
        }
    }

    private void live(int attempt) {
        enter(new StreamPhase.Live());
        events.accept(new StreamJoined(stream(), grants.granted(), attempt, System.currentTimeMillis()));
        announce(everLive ? StreamState.RESUMED : StreamState.LIVE, Cause.NONE);
        everLive = true;
    }

    private void onMediaLost(Frame frame) {
        Set<MediaType> types = media.of(frame.detail());
        grants.lost(types);
        switch (phase) {
            case StreamPhase.Live live -> {
                Duration pause = rejoinMediaLater(0);
                String text = "Lost the connection for %s: %s Next try in %.1f s."
                        .formatted(grants.lost(), frame.text(), pause.toMillis() / 1000.0);
                Cause cause =
                        new Cause(frame.code(), NativeError.of(frame.code()).name(), text, true);
                after(pause.dividedBy(GRACE_PART), () -> announceMediaDown(cause));
            }
            case StreamPhase.MediaDown down when down.timer().isDone() -> rejoinMediaLater(down.failed() + 1);
            default -> {}
        }
    }

    /** A meeting's end closes the media sockets too, and the word that it is the end may come just after. */
    private synchronized void announceMediaDown(Cause cause) {
        if (phase instanceof StreamPhase.MediaDown && snapshot.state() != StreamState.INTERRUPTED) {
            announce(StreamState.INTERRUPTED, cause);
        }
    }

    private Duration rejoinMediaLater(int failed) {
        Duration pause = policy.backoff(failed);
        enter(new StreamPhase.MediaDown(failed, after(pause, this::rejoinMedia)));
        return pause;
    }

    private synchronized void rejoinMedia() {
        if (phase instanceof StreamPhase.MediaDown) {
            attempts++;
            sockets().joinMedia();
        }
    }

    private void onDisconnected(Frame frame) {
        grants.clear();
        switch (phase) {
            case StreamPhase.Connecting connecting -> retry(frame, connecting.attempt(), connecting.sinceNanos());
            case StreamPhase.Live live -> retry(frame, 0, System.nanoTime());
            case StreamPhase.MediaDown down -> retry(frame, 0, System.nanoTime());
            case StreamPhase.Closing closing when closing.then() == null -> connect(1, System.nanoTime());
            case StreamPhase.Closing closing -> over(StreamState.ENDED, closing.then());
            case StreamPhase.Ending ending -> over(StreamState.ENDED, ending.cause());
            default -> {}
        }
    }

    private void retry(Frame frame, int failed, long sinceNanos) {
        Duration elapsed = Duration.ofNanos(System.nanoTime() - sinceNanos);
        switch (policy.decide(frame.code(), frame.detail(), frame.text(), failed, elapsed)) {
            case Decision.Retry(Duration pause, Cause cause) -> {
                enter(new StreamPhase.Waiting(failed, sinceNanos, after(pause, this::onTimer)));
                announce(everLive ? StreamState.INTERRUPTED : StreamState.JOINING, cause);
            }
            case Decision.GiveUp(Cause cause) -> over(StreamState.FAILED, cause);
        }
    }

    private synchronized void onTimer() {
        if (phase instanceof StreamPhase.Waiting(int attempt, long sinceNanos, Future<?> timer)) {
            connect(attempt + 1, sinceNanos);
        }
    }

    private void onStreamStatus(Frame frame) {
        if (StreamStatus.of(frame.code()) == StreamStatus.TERMINATED) {
            end(Cause.of(StopReason.of(frame.detail())));
        }
    }

    /** Zoom ended it: takes in what is under way, then is over. */
    private void end(Cause cause) {
        switch (phase) {
            case StreamPhase.Ending ending -> {}
            case StreamPhase.Over over -> {}
            case StreamPhase.Connected connected -> lingerThenClose(cause);
            case StreamPhase.Closing closing -> enter(new StreamPhase.Closing(cause));
            case StreamPhase.Idle idle -> over(StreamState.ENDED, cause);
            case StreamPhase.Waiting waiting -> over(StreamState.ENDED, cause);
        }
    }

    private void lingerThenClose(Cause cause) {
        enter(new StreamPhase.Ending(
                cause, after(config.linger(), () -> sockets().close())));
    }

    /**
     * Gives up the connection for a better one.
     *
     * @param atOnce also in the middle of an attempt: the servers it talks to are no longer the right ones
     */
    private void reconnect(Cause cause, boolean atOnce) {
        switch (phase) {
            case StreamPhase.Waiting w -> {
                announce(everLive ? StreamState.INTERRUPTED : StreamState.JOINING, cause);
                connect(1, System.nanoTime());
            }
            case StreamPhase.Connecting c when atOnce -> closeThenConnect(cause);
            case StreamPhase.Live l -> closeThenConnect(cause);
            case StreamPhase.MediaDown d -> closeThenConnect(cause);
            default -> {}
        }
    }

    private void closeThenConnect(Cause cause) {
        announce(everLive ? StreamState.INTERRUPTED : StreamState.JOINING, cause);
        enter(new StreamPhase.Closing(null));
        sockets().close(); // where it says that nothing runs, DISCONNECTED is in the ring already
    }

    private void connect(int attempt, long sinceNanos) {
        enter(new StreamPhase.Connecting(attempt, sinceNanos));
        attempts++;
        sockets().serverUrls(String.join(",", serverUrls)).join();
    }

    private void over(StreamState state, Cause cause) {
        enter(new StreamPhase.Over(cause));
        if (seat != null) {
            seat.leave();
        }
        announce(state, cause);
        events.accept(new StreamLeft(stream(), cause, System.currentTimeMillis()));
    }

    private void configure() {
        StreamRef stream = request.stream();
        NativeStream target = sockets()
                .identity(stream.streamId(), stream.product().idKey(), stream.id())
                .credentials(
                        request.clientId().orElse(""), request.clientSecret().orElse(""))
                .signature(request.signature().orElse(""))
                .tls(request.ca().orElse(""), request.verify())
                .proxy(request.proxy().orElse(""))
                .bufferData(request.bufferData())
                .media(MediaType.bits(media.media()), media.split(), media.paramsJson())
                .timeouts(config.connectTimeout(), config.handshakeTimeout(), config.keepAliveTimeout());
        media.events().forEach(target::subscribe);
    }

    private void enter(StreamPhase next) {
        Future<?> timer = phase.timer();
        if (timer != null) {
            timer.cancel(false);
        }
        phase = next;
    }

    private void announce(StreamState state, Cause cause) {

        snapshot = snapshotOf(state, cause);
        LOG.infof(
                "Stream %s is %s%s",
                stream().streamId(), state.label(), cause.text().isEmpty() ? "" : ": " + cause.text());
        events.accept(new StreamStateChanged(stream(), state, cause, snapshot.sinceMs()));
    }

    private StreamSnapshot snapshotOf(StreamState state, Cause cause) {
        return new StreamSnapshot(
                stream(),
                request.app(),
                state,
                cause,
                System.currentTimeMillis(),
                grants.granted(),
                grants.parameters(),
                seat == null ? "" : seat.loop().name(),
                attempts,
                0);
    }

    private Future<?> after(Duration pause, Runnable task) {
        return timers.schedule(task, pause.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Stops or resumes the reading of media sockets, where there are any. */
    void pause(boolean paused) {
        LoopSeat place = seat;
        if (place != null) {
            place.stream().pause(paused ? Reading.SIGNALING : Reading.ALL);
        }
    }

    private NativeStream sockets() {
        return seat.stream();
    }

    private StreamRef stream() {
        return request.stream();
    }
}
