package io.rtms.stream;

import io.rtms.event.Cause;
import io.rtms.event.RawEvent;
import io.rtms.event.RtmsEvent;
import io.rtms.event.StopReason;
import io.rtms.event.StreamJoined;
import io.rtms.event.StreamLeft;
import io.rtms.event.StreamRef;
import io.rtms.event.StreamState;
import io.rtms.event.StreamStateChanged;
import io.rtms.event.StreamStatus;
import io.rtms.loop.EventLoopPool;
import io.rtms.loop.LoopClient;
import io.rtms.loop.LoopSeat;
import io.rtms.media.MediaType;
import io.rtms.sdk.Frame;
import io.rtms.sdk.NativeError;
import io.rtms.sdk.NativeException;
import io.rtms.sdk.NativeStream;
import io.rtms.stream.ReconnectPolicy.Decision;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jboss.logging.Logger;

/**
 * One stream from join to end. Its state machine ({@link StreamPhase}) runs where things happen, on the loop's thread, a timer's or a
 * caller's, under this object's lock and without waiting, so that a slow observer never delays a reconnection; its events are delivered on a
 * virtual thread of its own, in order. Every method may be called from any thread and returns at once.
 */
public final class RtmsStream implements LoopClient {
    private static final Logger LOG = Logger.getLogger(RtmsStream.class);
    /** Part of the pause before another attempt after which a lost medium is told to observers. */
    private static final int GRACE_PART = 10;

    private final JoinRequest request;
    private final MediaRequest media;
    private final StreamConfig config;
    private final ReconnectPolicy policy;
    private final ScheduledExecutorService timers;
    private final Roster roster = new Roster();
    private final EventTranslator signaling;
    private final MediaTranslator frames;
    private final StreamThread thread;
    private final Set<MediaType> granted = EnumSet.noneOf(MediaType.class);
    private final Set<MediaType> lost = EnumSet.noneOf(MediaType.class);

    private StreamPhase phase = new StreamPhase.Idle();
    private LoopSeat seat;
    private List<String> serverUrls;
    private boolean everLive;
    private int attempts;
    private volatile StreamSnapshot snapshot;

    /**
     * @param request the stream
     * @param media what to ask for
     * @param policy whether and when to try again
     * @param timers for pauses between attempts; its tasks don't wait
     * @param observer gets every event, on this stream's own thread
     */
    public RtmsStream(
            JoinRequest request,
            MediaRequest media,
            StreamConfig config,
            ReconnectPolicy policy,
            ScheduledExecutorService timers,
            Consumer<RtmsEvent> observer) {
        this.request = request;
        this.media = media;
        this.config = config;
        this.policy = policy;
        this.timers = timers;
        this.serverUrls = request.serverUrls();
        this.signaling = new EventTranslator(request.stream(), roster);
        this.frames = new MediaTranslator(request.stream(), roster);
        this.snapshot = snapshotOf(StreamState.JOINING, Cause.NONE);
        this.thread = new StreamThread(stream().streamId(), config, observer, this::pause);
    }

    /** The stream. */
    public StreamRef stream() {
        return request.stream();
    }

    /** Where it stands. */
    public StreamSnapshot snapshot() {
        return snapshot.withWaiting(thread.waiting());
    }

    /** Who is in the meeting, in the order in which they came. */
    public List<Attendee> attendees() {
        return roster.attendees();
    }

    /** Whether it is over. */
    public boolean isOver() {
        return snapshot.state().isFinal();
    }

    /** Waits until it is over and every event has been delivered; false where the time was not enough. */
    public boolean awaitEnd(Duration timeout) throws InterruptedException {
        return thread.awaitEnd(timeout);
    }

    /** Takes a place in the pool and starts the first attempt. Once. */
    public synchronized void join(EventLoopPool pool) {
        if (!(phase instanceof StreamPhase.Idle)) {
            throw new IllegalStateException("stream " + stream().streamId() + " was joined before");
        }
        seat = pool.add(this);
        thread.start();
        announce(StreamState.JOINING, Cause.NONE);
        try {
            configure();
            connect(1, System.nanoTime());
        } catch (NativeException e) {
            over(StreamState.FAILED, new Cause(e.error().code(), e.error().name(), e.getMessage(), false));
        }
    }

    /** Ends the stream: Zoom is told that we leave. On a stream that is over this does nothing. */
    public synchronized void leave() {
        Cause cause = Cause.of(StopReason.RECEIVER_REQUEST_CLOSE);
        if (phase.hasSockets() && sockets().leave()) {
            enter(new StreamPhase.Closing(cause));
        } else if (!(phase instanceof StreamPhase.Over)) {
            over(StreamState.ENDED, cause);
        }
    }

    /** Zoom says that it stopped the stream ({@code *.rtms_stopped}). */
    public synchronized void onStopped(StopReason reason) {
        end(Cause.of(reason));
    }

    /** Zoom moved the stream to other servers (another {@code *.rtms_started}): connects to them at once. */
    public synchronized void onNewServers(List<String> urls) {
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
    public synchronized void onInterrupted(List<String> urls, long timestamp) {
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

    @Override
    public synchronized void onFrame(Frame frame) {
        switch (frame.kind()) {
            case MEDIA_READY -> onMediaReady(media.of(frame.code()));
            case MEDIA_REFUSED -> onMediaRefused(media.of(frame.code()), frame);
            case JOINED -> onJoined();
            case MEDIA_LOST -> onMediaLost(frame);
            case DISCONNECTED -> onDisconnected(frame);
            case STREAM_STATE -> onStreamState(frame);
            case SESSION_STATE -> thread.put(signaling.session(frame));
            case EVENT -> onEvent(frame);
            case AUDIO -> thread.put(frames.audio(frame));
            case VIDEO -> thread.put(frames.video(frame));
            case DESKSHARE -> thread.put(frames.deskshare(frame));
            case TRANSCRIPT -> thread.put(frames.transcript(frame));
            case CHAT -> thread.put(frames.chat(frame));
            default -> {}
        }
    }

    private void onMediaReady(Set<MediaType> types) {
        granted.addAll(types);
        lost.removeAll(types);
    }

    private void onMediaRefused(Set<MediaType> types, Frame frame) {
        granted.removeAll(types);
        lost.removeAll(types);
        LOG.warnf(
                "Stream %s: Zoom refused %s with status %d %s",
                stream().streamId(), types, frame.detail(), frame.text());
        if (phase instanceof StreamPhase.MediaDown && granted.isEmpty() && lost.isEmpty()) {
            over(StreamState.FAILED, policy.refusal(frame.detail(), frame.text()));
        }
    }

    private void onJoined() {
        switch (phase) {
            case StreamPhase.Connecting connecting -> live(connecting.attempt());
            case StreamPhase.MediaDown down when lost.isEmpty() -> live(down.failed() + 1);
            case StreamPhase.MediaDown down -> rejoinMediaLater(down.failed() + 1);
            default -> {}
        }
    }

    private void live(int attempt) {
        enter(new StreamPhase.Live());
        thread.put(new StreamJoined(stream(), Set.copyOf(granted), attempt, System.currentTimeMillis()));
        announce(everLive ? StreamState.RESUMED : StreamState.LIVE, Cause.NONE);
        everLive = true;
    }

    private void onMediaLost(Frame frame) {
        Set<MediaType> types = media.of(frame.detail());
        lost.addAll(types);
        granted.removeAll(types);
        switch (phase) {
            case StreamPhase.Live live -> {
                Duration pause = rejoinMediaLater(0);
                String text = "Lost the connection for %s: %s Next try in %.1f s."
                        .formatted(lost, frame.text(), pause.toMillis() / 1000.0);
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
        granted.clear();
        lost.clear();
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

    private void onEvent(Frame frame) {
        signaling.event(frame).ifPresent(thread::put);
        thread.put(new RawEvent(stream(), frame.code(), frame.text(), frame.timestamp()));
    }

    private void onStreamState(Frame frame) {
        thread.put(signaling.status(frame));
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
        thread.put(new StreamLeft(stream(), cause, System.currentTimeMillis()));
    }

    private void configure() {
        StreamRef stream = request.stream();
        NativeStream target = sockets()
                .identity(stream.streamId(), stream.product().idKey(), stream.id())
                .credentials(
                        request.clientId().orElse(""), request.clientSecret().orElse(""))
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
        thread.put(new StreamStateChanged(stream(), state, cause, snapshot.sinceMs()));
    }

    private StreamSnapshot snapshotOf(StreamState state, Cause cause) {
        return new StreamSnapshot(
                stream(),
                state,
                cause,
                System.currentTimeMillis(),
                Set.copyOf(granted),
                seat == null ? "" : seat.loop().name(),
                attempts,
                0);
    }

    private Future<?> after(Duration pause, Runnable task) {
        return timers.schedule(task, pause.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void pause(boolean paused) {
        if (seat != null) {
            seat.stream().pause(paused);
        }
    }

    private NativeStream sockets() {
        return seat.stream();
    }
}
