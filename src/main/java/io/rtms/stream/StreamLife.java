package io.rtms.stream;

import io.rtms.event.Cause;
import io.rtms.event.ReconnectScenario;
import io.rtms.event.RtmsEvent;
import io.rtms.event.StopReason;
import io.rtms.event.StreamState;
import io.rtms.event.StreamStatus;
import io.rtms.loop.LoopSeat;
import io.rtms.media.MediaParams;
import io.rtms.media.MediaType;
import io.rtms.sdk.Frame;
import io.rtms.sdk.NativeException;
import io.rtms.sdk.NativeStream;
import io.rtms.sdk.Reading;
import io.rtms.stream.ReconnectPolicy.Decision;
import io.rtms.stream.StreamPhase.Next;
import io.rtms.stream.TimelineEntry.Kind;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * The state machine of one stream ({@link StreamPhase}), from join to end. Runs where things happen, on the loop's thread, a timer's or a
 * caller's, under this object's lock and without waiting, so that a slow observer never delays a reconnection.
 */
final class StreamLife {
    /** Part of the pause before another attempt after which a lost medium is told to observers. */
    private static final int GRACE_PART = 10;
    /** Between looks at observers that are behind at the end, however short the configured time. */
    private static final Duration LEAST_LINGER = Duration.ofMillis(100);
    /** Between looks at whether another process may have the stream, while nobody knows. */
    private static final Duration LEASE_PAUSE = Duration.ofMillis(250);

    private final JoinRequest request;
    private final MediaRequest media;
    private final StreamConfig config;
    private final ReconnectPolicy policy;
    private final ScheduledExecutorService timers;
    private final BooleanSupplier hurry;
    private final Grants grants;
    private final StreamReport report;

    private StreamPhase phase = new StreamPhase.Idle();
    private volatile LoopSeat seat;
    private volatile Lease lease = Lease.ALONE;
    private List<String> serverUrls;
    private Cause lastLoss = Cause.NONE;
    /** Everything was connected anew because a medium had not come back, and it is not back yet. */
    private boolean renewed;

    /** Whether a connection that Zoom holds may be ours. */
    private boolean mayBeHeld;

    /**
     * @param events takes what observers are to be told, without waiting
     * @param hurry has sockets read that rest for slow observers; says whether they were read before
     */
    StreamLife(
            JoinRequest request,
            MediaRequest media,
            StreamConfig config,
            ReconnectPolicy policy,
            ScheduledExecutorService timers,
            Timeline timeline,
            Consumer<RtmsEvent> events,
            BooleanSupplier hurry) {
        this.request = request;
        this.media = media;
        this.config = config;
        this.policy = policy;
        this.timers = timers;
        this.hurry = hurry;
        this.serverUrls = request.serverUrls();
        this.mayBeHeld = request.rejoin();
        this.grants = new Grants(media.params());
        this.report = new StreamReport(request, grants, timeline, events);
    }

    StreamSnapshot snapshot() {
        return report.snapshot();
    }

    /** Whether it has been live, or may have been before it was joined this time. */
    boolean wasLive() {
        return request.rejoin() || report.wasEverLive();
    }

    synchronized MediaParams parameters() {
        return grants.effective();
    }

    /** The native stream of one that was joined and is not over; else throws {@link IllegalStateException}. */
    synchronized NativeStream running() {
        if (seat == null || phase instanceof StreamPhase.Over) {
            String why = seat == null ? " was not joined" : " is over";
            throw new IllegalStateException("stream " + request.stream().streamId() + why);
        }
        return sockets();
    }

    /** Whether there is a native stream with sockets. */
    synchronized boolean hasSockets() {
        return phase.hasSockets();
    }

    /** Starts the first attempt. Once. */
    synchronized void join(LoopSeat place, Lease held) {
        if (!(phase instanceof StreamPhase.Idle)) {
            throw new IllegalStateException("stream " + request.stream().streamId() + " was joined before");
        }
        seat = place;
        lease = held;
        report.seated(place.loop().name());
        report.state(StreamState.JOINING, Cause.NONE);
        try {
            NativeSetup.configure(sockets(), request, media, config);
            dial(Trouble.firstJoin(), 1);
            request.timeout().ifPresent(timeout -> after(timeout, () -> joinTimedOut(timeout)));
        } catch (NativeException e) {
            over(StreamState.FAILED, new Cause(e.error().code(), e.error().name(), e.getMessage(), false));
        }
    }

    private synchronized void joinTimedOut(Duration timeout) {
        if (!report.wasEverLive() && !(phase instanceof StreamPhase.Over)) {
            over(StreamState.FAILED, Causes.joinTimedOut(timeout, snapshot().cause()));
        }
    }

    /** Ends the stream: Zoom is told that we leave. On a stream that is over this does nothing. */
    synchronized void leave() {
        finish(StreamState.ENDED, Cause.of(StopReason.RECEIVER_REQUEST_CLOSE), NativeStream::leave);
    }

    /** Closes the connections without telling Zoom, which waits a while for somebody to join the stream again. */
    synchronized void release(Cause cause) {
        finish(StreamState.INTERRUPTED, cause, NativeStream::close);
    }

    private void finish(StreamState state, Cause cause, Predicate<NativeStream> how) {
        if (phase.hasSockets() && how.test(sockets())) {
            enter(new StreamPhase.Closing(new Next.End(state, cause)));
        } else if (!(phase instanceof StreamPhase.Over)) {
            over(state, cause);
        }
    }

    /** Zoom says that it stopped the stream ({@code *.rtms_stopped}). */
    synchronized void onStopped(StopReason reason) {
        report.note(Kind.ZOOM, "Webhook: the stream was stopped (%s).".formatted(reason));
        end(Causes.stopped(reason));
    }

    /** Zoom moved the stream to other servers (another {@code *.rtms_started}): connects to them at once. */
    synchronized void onNewServers(List<String> urls) {
        serverUrls = List.copyOf(urls);
        report.note(Kind.ZOOM, "Webhook: the stream was started again, on " + Hosts.of(urls) + ".");
        reconnect(Trouble.of(ReconnectScenario.NEW_SERVERS), Causes.newServers(), true);
    }

    /**
     * Zoom lost our signaling connection ({@code *.rtms_interrupted}).
     *
     * @param urls other servers to connect to, empty for the same
     * @param timestamp when Zoom noticed, milliseconds since the epoch: a connection made since then is not meant
     */
    synchronized void onInterrupted(List<String> urls, long timestamp) {
        if (urls.isEmpty() && phase instanceof StreamPhase.Live && snapshot().sinceMs() >= timestamp) {
            report.note(Kind.ZOOM, "Webhook: the stream was interrupted; it has been live again since.");
            return;
        }
        report.note(Kind.ZOOM, "Webhook: the stream is interrupted.");
        if (!urls.isEmpty()) {
            serverUrls = List.copyOf(urls);
        }
        reconnect(Trouble.of(ReconnectScenario.SIGNALING), Causes.interrupted(), !urls.isEmpty());
    }

    /**
     * Zoom says over signaling that it lost a media connection. The socket's own end says which one it was; where none has come by the time
     * of a first attempt, those that have been silent since are given up.
     */
    synchronized void onMediaInterrupted() {
        report.note(Kind.ZOOM, "Zoom says that a media connection was interrupted.");
        if (phase instanceof StreamPhase.Live live && live.timer() == null) {
            Duration pause = policy.backoff(0);
            enter(new StreamPhase.Live(after(pause, () -> renewMedia(pause))));
        }
    }

    private synchronized void renewMedia(Duration silent) {
        if (phase instanceof StreamPhase.Live) {
            enter(new StreamPhase.Live(null));
            sockets().renewMedia(silent);
        }
    }

    /** Takes in what a frame says about the stream's life; other frames mean nothing here. */
    synchronized void onFrame(Frame frame) {
        switch (frame.kind()) {
            case MEDIA_READY -> grants.ready(media.of(frame.code()), frame.text());
            case MEDIA_REFUSED -> onMediaRefused(media.of(frame.code()), policy.refusal(frame.detail(), frame.text()));
            case JOINED -> onJoined();
            case MEDIA_LOST -> onMediaLost(frame);
            case DISCONNECTED -> onDisconnected(frame);
            case STREAM_STATE -> onStreamStatus(frame);
            default -> {}
        }
    }

    /**
     * What this connection has had is not refused for good: the server may have been restarted, and not know yet what it will serve. Nor is what an
     * earlier one had, until everything has been connected anew for it once.
     */
    private void onMediaRefused(Set<MediaType> types, Cause refusal) {
        if (grants.had(types) || grants.everHad(types) && !renewed) {
            lost(types, refusal);
            return;
        }
        grants.refused(types);
        report.refused(types, refusal);
        if (phase instanceof StreamPhase.MediaDown && grants.isEmpty()) {
            over(StreamState.FAILED, refusal);
        }
    }

    private void onJoined() {
        switch (phase) {
            case StreamPhase.Connecting connecting -> live(connecting.trouble(), connecting.attempt());
            case StreamPhase.MediaDown down when grants.lost().isEmpty() -> live(down.trouble(), down.failed() + 1);
            default -> {} // a medium that is still lost has its timer
        }
    }

    /** Of several media some may be there while another's connection failed in the same attempt: that one is tried for again. */
    private void live(Trouble trouble, int attempt) {
        enter(new StreamPhase.Live(null));
        report.attempted(trouble, attempt, true, Cause.NONE);
        report.live(attempt);
        if (grants.lost().isEmpty()) {
            renewed = false;
        } else {
            mediaDown(lastLoss);
        }
    }

    private void onMediaLost(Frame frame) {
        Set<MediaType> types = media.of(frame.detail());
        if (ReconnectPolicy.isFinal(frame)) {
            onMediaRefused(types, policy.refusal(ReconnectPolicy.status(frame), frame.text()));
        } else {
            lost(types, Causes.lost(frame));
        }
    }

    private void lost(Set<MediaType> types, Cause loss) {
        grants.lost(types);
        lastLoss = loss;
        switch (phase) {
            case StreamPhase.Live live -> mediaDown(loss);
            case StreamPhase.MediaDown down
            when down.isTrying() -> {
                int failed = down.failed() + 1;
                Duration pause = policy.backoff(failed);
                report.attempted(down.trouble(), failed, false, Causes.mediaLost(grants.lost(), loss, pause));
                rejoinMediaLater(down.trouble(), failed, pause);
            }
            case StreamPhase.MediaDown down -> report.note(Kind.MEDIA, "Lost %s too.".formatted(grants.lost()));
            default -> {}
        }
    }

    private void mediaDown(Cause loss) {
        Duration pause = policy.backoff(0);
        Cause cause = Causes.mediaLost(grants.lost(), loss, pause);
        report.note(Kind.MEDIA, cause.text());
        enter(new StreamPhase.MediaDown(Trouble.of(ReconnectScenario.MEDIA), 0, after(pause, this::rejoinMedia)));
        after(pause.dividedBy(GRACE_PART), () -> announceMediaDown(cause));
    }

    /** A meeting's end closes the media sockets too, and the word that it is the end may come just after. */
    private synchronized void announceMediaDown(Cause cause) {
        if (phase instanceof StreamPhase.MediaDown && snapshot().state() != StreamState.INTERRUPTED) {
            report.state(StreamState.INTERRUPTED, cause);
        }
    }

    /**
     * A medium that is away for too long ends the whole stream, and its server's address may be stale: a new signaling handshake brings new ones.
     * Where that has not helped, what flows is left in peace.
     */
    private void rejoinMediaLater(Trouble trouble, int failed, Duration pause) {
        boolean tooLong = trouble.elapsed().plus(pause).compareTo(config.mediaWindow()) > 0;
        if (tooLong && (!renewed || grants.granted().isEmpty())) {
            renewed = true;
            closeThenConnect(
                    Trouble.of(ReconnectScenario.MEDIA), Causes.mediaNotBack(grants.lost(), trouble.elapsed()));
        } else {
            enter(new StreamPhase.MediaDown(trouble, failed, after(pause, this::rejoinMedia)));
        }
    }

    private synchronized void rejoinMedia() {
        if (phase instanceof StreamPhase.MediaDown down && !lease.mayConnect()) {
            enter(new StreamPhase.MediaDown(down.trouble(), down.failed(), after(LEASE_PAUSE, this::rejoinMedia)));
        } else if (phase instanceof StreamPhase.MediaDown down) {
            enter(new StreamPhase.MediaDown(down.trouble(), down.failed(), null));
            report.attempt("Connecting %s again.".formatted(grants.lost()));
            sockets().joinMedia();
        }
    }

    private void onDisconnected(Frame frame) {
        grants.clear();
        switch (phase) {
            case StreamPhase.Connecting connecting -> retry(frame, connecting.trouble(), connecting.attempt());
            case StreamPhase.Live live -> retry(frame, Trouble.of(ReconnectScenario.SIGNALING), 0);
            case StreamPhase.MediaDown down -> retry(frame, Trouble.of(ReconnectScenario.SIGNALING), 0);
            case StreamPhase.Closing(Next.Connect(Trouble trouble)) -> connect(trouble, 1);
            case StreamPhase.Closing(Next.End(StreamState state, Cause cause)) -> over(state, cause);
            case StreamPhase.Ending ending -> over(StreamState.ENDED, ending.cause());
            default -> {}
        }
    }

    /** @param failed number of the attempt that ended so, 0 for a connection that was live */
    private void retry(Frame frame, Trouble trouble, int failed) {
        mayBeHeld |= report.wasEverLive() || !ReconnectPolicy.isHeldElsewhere(frame);
        retry(frame.code(), frame.detail(), frame.text(), trouble, failed);
    }

    private void retry(int code, int detail, String text, Trouble trouble, int failed) {
        Decision decision = policy.decide(
                code,
                detail,
                text,
                new ReconnectPolicy.Past(failed, trouble.elapsed(), report.wasEverLive(), mayBeHeld));
        if (failed > 0) {
            report.attempted(trouble, failed, false, decision.cause());
        }
        switch (decision) {
            case Decision.Retry(Duration pause, Cause cause) -> {
                enter(new StreamPhase.Waiting(trouble, failed, after(pause, this::onTimer)));
                report.down(cause);
            }
            case Decision.GiveUp(Cause cause) -> over(StreamState.FAILED, cause);
        }
    }

    private synchronized void onTimer() {
        if (phase instanceof StreamPhase.Waiting waiting) {
            connect(waiting.trouble(), waiting.failed() + 1);
        }
    }

    private void onStreamStatus(Frame frame) {
        StreamStatus status = StreamStatus.of(frame.code());
        StopReason reason = StopReason.of(frame.detail());
        report.zoomSays(status, reason);
        if (status == StreamStatus.TERMINATED) {
            end(Causes.stopped(reason));
        } else if (status == StreamStatus.INTERRUPTED && reason == StopReason.DATA_CONNECTION_INTERRUPTED) {
            onMediaInterrupted();
        }
    }

    /** Zoom ended it: takes in what is under way, then is over. */
    private void end(Cause cause) {
        switch (phase) {
            case StreamPhase.Ending ending when !Causes.isMoreTelling(cause, ending.cause()) -> {}
            case StreamPhase.Closing(Next.End(StreamState state, Cause earlier))
            when state == StreamState.ENDED && !Causes.isMoreTelling(cause, earlier) -> {}
            case StreamPhase.Over over -> {}
            case StreamPhase.Connected connected -> linger(cause, config.linger(), config.patience());
            case StreamPhase.Closing closing -> enter(new StreamPhase.Closing(new Next.End(StreamState.ENDED, cause)));
            case StreamPhase.Idle idle -> over(StreamState.ENDED, cause);
            case StreamPhase.Waiting waiting -> over(StreamState.ENDED, cause);
        }
    }

    /**
     * @param pause how long
     * @param patience how much longer, at the most, where sockets have not been read because observers are behind
     */
    private void linger(Cause cause, Duration pause, Duration patience) {
        hurry.getAsBoolean();
        enter(new StreamPhase.Ending(cause, after(pause, () -> lingered(patience))));
    }

    private synchronized void lingered(Duration patience) {
        if (phase instanceof StreamPhase.Ending ending) {
            if (!hurry.getAsBoolean() && patience.isPositive()) {
                Duration pause = config.linger().compareTo(LEAST_LINGER) > 0 ? config.linger() : LEAST_LINGER;
                linger(ending.cause(), pause, patience.minus(pause));
            } else {
                sockets().close();
            }
        }
    }

    /**
     * Gives up the connection for a better one.
     *
     * @param atOnce also in the middle of an attempt, or of an end: the servers it talks to are no longer the right ones
     */
    private void reconnect(Trouble trouble, Cause cause, boolean atOnce) {
        switch (phase) {
            case StreamPhase.Waiting waiting -> {
                report.down(cause);
                connect(trouble, 1);
            }
            case StreamPhase.Connecting connecting when atOnce -> closeThenConnect(trouble, cause);
            case StreamPhase.Connecting connecting
            when report.wasEverLive() -> // Zoom's time begins anew, the attempt goes on
                enter(new StreamPhase.Connecting(trouble, connecting.attempt()));
            case StreamPhase.Ending ending when atOnce -> closeThenConnect(trouble, cause);
            case StreamPhase.Live live -> closeThenConnect(trouble, cause);
            case StreamPhase.MediaDown down -> closeThenConnect(trouble, cause);
            default -> {}
        }
    }

    private void closeThenConnect(Trouble trouble, Cause cause) {
        report.down(cause);
        enter(new StreamPhase.Closing(new Next.Connect(trouble)));
        try {
            sockets().close(); // where it says that nothing runs, DISCONNECTED is in the ring already
        } catch (NativeException e) {
            retry(e.error().code(), 0, e.getMessage(), trouble, 0);
        }
    }

    /**
     * Nothing is dialled while another process may have the stream. Where the native side takes no attempt no frame will tell of its end: it has failed now.
     */
    private void connect(Trouble trouble, int attempt) {
        if (!lease.mayConnect()) {
            enter(new StreamPhase.Waiting(trouble, attempt - 1, after(LEASE_PAUSE, this::onTimer)));
            return;
        }
        try {
            dial(trouble, attempt);
        } catch (NativeException e) {
            retry(e.error().code(), 0, e.getMessage(), trouble, attempt);
        }
    }

    private void dial(Trouble trouble, int attempt) {
        enter(new StreamPhase.Connecting(trouble, attempt));
        report.attempt("Attempt %d: connecting to %s.".formatted(attempt, Hosts.of(serverUrls)));
        sockets().serverUrls(String.join(",", serverUrls)).join();
    }

    private void over(StreamState state, Cause cause) {
        enter(new StreamPhase.Over());
        if (seat != null) {
            seat.leave();
        }
        report.left(state, cause);
    }

    private void enter(StreamPhase next) {
        Future<?> timer = phase.timer();
        if (timer != null) {
            timer.cancel(false);
        }
        phase = next;
    }

    private Future<?> after(Duration pause, Runnable task) {
        return timers.schedule(task, pause.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** What is read of the sockets from now on, where there are any. */
    void read(Reading what) {
        LoopSeat place = seat;
        if (place != null) {
            place.stream().pause(what);
        }
    }

    private NativeStream sockets() {
        return seat.stream();
    }
}
