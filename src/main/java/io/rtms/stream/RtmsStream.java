package io.rtms.stream;

import io.rtms.event.Cause;
import io.rtms.event.EventType;
import io.rtms.event.MediaData;
import io.rtms.event.MediaInterrupted;
import io.rtms.event.RawEvent;
import io.rtms.event.RtmsEvent;
import io.rtms.event.SessionState;
import io.rtms.event.StopReason;
import io.rtms.event.StreamRef;
import io.rtms.event.StreamStatus;
import io.rtms.loop.LoopClient;
import io.rtms.loop.LoopSeat;
import io.rtms.media.MediaParams;
import io.rtms.media.MediaType;
import io.rtms.sdk.Frame;
import io.rtms.sdk.NativeStream;
import io.rtms.sdk.Reading;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * One stream from join to end: {@link StreamLife} keeps it connected, its events are delivered on a virtual thread of its own, in order. Every
 * method may be called from any thread, also from observers, and returns at once.
 */
public final class RtmsStream implements LoopClient {
    private final JoinRequest request;
    private final MediaRequest media;
    private final Roster roster = new Roster();
    private final EventTranslator signaling;
    private final MediaTranslator frames;
    private final StateQueries queries;
    private final Replays replays;
    private final Timeline timeline;
    private final StreamThread thread;
    private final StreamLife life;
    private volatile Lease held = Lease.ALONE;

    /**
     * @param request the stream, with all that it takes to join it
     * @param media what to ask for
     * @param policy whether and when to try again
     * @param timers for pauses between attempts; its tasks don't wait
     * @param observer gets every event, on this stream's own thread
     * @param before the same stream as it was joined before and is over, where it was: what was delivered then is not delivered again
     */
    public RtmsStream(
            JoinRequest request,
            MediaRequest media,
            StreamConfig config,
            ReconnectPolicy policy,
            ScheduledExecutorService timers,
            Consumer<RtmsEvent> observer,
            Optional<RtmsStream> before) {
        this.request = request;
        this.media = media;
        this.replays = before.map(one -> one.replays).orElseGet(Replays::new);
        this.timeline = before.map(one -> one.timeline).orElseGet(Timeline::new);
        this.signaling = new EventTranslator(request.stream(), roster);
        this.frames = new MediaTranslator(request.stream(), roster);
        this.queries = new StateQueries(config.handshakeTimeout());
        this.thread = new StreamThread(
                stream(), config, timers, observer, this::read, text -> timeline.note(TimelineEntry.Kind.LOAD, text));
        this.life = new StreamLife(request, media, config, policy, timers, timeline, this::deliver, thread::hurry);
    }

    /** The stream. */
    public StreamRef stream() {
        return request.stream();
    }

    @Override
    public String streamId() {
        return stream().streamId();
    }

    /** Where it stands. */
    public StreamSnapshot snapshot() {
        return life.snapshot().withWaiting(thread.waiting());
    }

    /** The parameters in force: what was asked for, with what Zoom said about it. */
    public MediaParams parameters() {
        return life.parameters();
    }

    /** Who is in the meeting, in the order in which they came. */
    public List<Attendee> attendees() {
        return roster.attendees();
    }

    /** What happened to it, in words. */
    public Timeline timeline() {
        return timeline;
    }

    /** Whether it is over. */
    public boolean isOver() {
        return life.snapshot().state().isFinal();
    }

    /** Whether it was joined with the credentials of this app. */
    public boolean isOf(String app) {
        return life.snapshot().app().equals(app);
    }

    /**
     * Whether it has been live, or may have been before it was joined this time: there may be a transcript, and a connection that Zoom still
     * holds.
     */
    public boolean wasLive() {
        return life.wasLive();
    }

    /** Waits until it is over and every event has been delivered; false where the time was not enough. */
    public boolean awaitEnd(Duration timeout) throws InterruptedException {
        return thread.awaitEnd(timeout);
    }

    /**
     * Starts the first attempt. Once.
     *
     * @param place the stream's place on a loop; from now on the stream's to give back
     * @param lease the right to connect; the caller ends it when the stream is over
     */
    public void join(LoopSeat place, Lease lease) {
        held = lease;
        life.join(place, lease);
        thread.start(lease);
    }

    /** Ends the stream: Zoom is told that we leave. On a stream that is over this does nothing. */
    public void leave() {
        life.leave();
    }

    /**
     * Ends the stream here and not at Zoom, which waits a while for it to be joined again: by a later process, or another one.
     *
     * @param cause what observers and readers are told
     */
    public void release(Cause cause) {
        life.release(cause);
    }

    /** Zoom says that it stopped the stream ({@code *.rtms_stopped}). */
    public void onStopped(StopReason reason) {
        life.onStopped(reason);
    }

    /** Zoom moved the stream to other servers (another {@code *.rtms_started}): connects to them at once. */
    public void onNewServers(List<String> urls) {
        life.onNewServers(urls);
        held.moved(urls);
    }

    /**
     * Zoom lost our signaling connection ({@code *.rtms_interrupted}).
     *
     * @param urls other servers to connect to, empty for the same
     * @param timestamp when Zoom noticed, milliseconds since the epoch: a connection made since then is not meant
     */
    public void onInterrupted(List<String> urls, long timestamp) {
        life.onInterrupted(urls, timestamp);
        if (!urls.isEmpty()) {
            held.moved(urls);
        }
    }

    /**
     * Asks for one participant's video, or no longer for it; at most one is seen at a time, the last that was asked for. Waits until video is
     * connected, and outlives reconnections. The answer is a {@link io.rtms.event.VideoSubscribed}.
     *
     * @param userId at least 1
     * @throws IllegalArgumentException where it is not
     * @throws IllegalStateException where individual video is not what the stream asks for, or the stream is over
     */
    public void subscribeVideo(long userId, boolean on) {
        if (userId < 1) {
            throw new IllegalArgumentException("userId is " + userId + "; participants have numbers from 1");
        }
        if (!media.media().contains(MediaType.VIDEO) || !media.params().video().isIndividual()) {
            throw new IllegalStateException(
                    "A participant's video can be subscribed to where video is asked for with the data option"
                            + " VIDEO_SINGLE_INDIVIDUAL_STREAM (rtms.media.video.data-option).");
        }
        life.running().subscribeVideo(userId, on);
    }

    /** Asks for a type of event, or no longer for it, from now on. */
    public void subscribe(EventType type, boolean on) {
        if (on) {
            life.running().subscribe(type.number());
        } else {
            life.running().unsubscribe(type.number());
        }
    }

    /**
     * Asks Zoom in which state the stream is.
     *
     * @return fails where the stream is not connected, or Zoom refuses or does not answer
     */
    public CompletableFuture<StreamStatus> queryStatus() {
        return query(StateQueries.STREAM, NativeStream::queryStreamState).thenApply(StreamStatus::of);
    }

    /**
     * Asks Zoom in which state a session of the stream is.
     *
     * @param sessionId as {@link io.rtms.event.SessionUpdated} names it
     * @return fails where the stream is not connected, or Zoom refuses or does not answer
     */
    public CompletableFuture<SessionState> querySession(String sessionId) {
        if (sessionId.isEmpty()) {
            throw new IllegalArgumentException("sessionId is empty");
        }
        return query(sessionId, sockets -> sockets.querySessionState(sessionId)).thenApply(SessionState::of);
    }

    private CompletableFuture<Integer> query(String about, Predicate<NativeStream> ask) {
        CompletableFuture<Integer> answer = queries.add(about);
        if (!life.hasSockets() || !ask.test(life.running())) {
            answer.completeExceptionally(
                    new IllegalStateException("stream " + stream().streamId() + " is not connected"));
        }
        return answer;
    }

    @Override
    public void onFrame(Frame frame) {
        switch (frame.kind()) {
            case AUDIO -> deliver(frames.audio(frame));
            case VIDEO -> deliver(frames.video(frame));
            case DESKSHARE -> deliver(frames.deskshare(frame));
            case TRANSCRIPT -> deliver(frames.transcript(frame));
            case CHAT -> deliver(frames.chat(frame));
            case METADATA -> thread.put(frames.apart(frame));
            case DROPPED -> thread.put(frames.dropped(frame));
            case EVENT -> onEvent(frame);
            case SESSION_STATE -> thread.put(signaling.session(frame));
            case VIDEO_SUBSCRIPTION -> thread.put(signaling.videoSubscription(frame));
            case STREAM_STATE_ANSWER -> queries.answer(StateQueries.STREAM, frame);
            case SESSION_STATE_ANSWER -> queries.answer(frame.text(), frame);
            case STREAM_STATE -> {
                thread.put(signaling.status(frame));
                life.onFrame(frame);
            }
            case DISCONNECTED -> {
                queries.fail("the connection was lost");
                replays.expect();
                life.onFrame(frame);
            }
            case MEDIA_LOST -> {
                replays.expect();
                life.onFrame(frame);
            }
            default -> life.onFrame(frame);
        }
    }

    private void onEvent(Frame frame) {
        Optional<RtmsEvent> event = signaling.event(frame);
        event.ifPresent(thread::put);
        thread.put(new RawEvent(stream(), frame.code(), frame.text(), frame.timestamp()));
        if (event.isPresent() && event.get() instanceof MediaInterrupted) {
            life.onMediaInterrupted();
        }
    }

    private void deliver(RtmsEvent event) {
        if (event instanceof MediaData frame && replays.isRepeated(frame)) {
            return;
        }
        replays.reportsBefore(event).forEach(thread::put);
        thread.put(event);
    }

    /** Called on the stream's own thread, the loop's and a timer's, never before there is a life. */
    private void read(Reading what) {
        life.read(what);
    }
}
