package io.rtms.stream;

import io.rtms.event.EventType;
import io.rtms.event.RtmsEvent;
import io.rtms.event.SessionState;
import io.rtms.event.SessionUpdated;
import io.rtms.event.StreamJoined;
import io.rtms.event.StreamLeft;
import io.rtms.event.StreamStatus;
import io.rtms.event.VideoSubscribed;
import io.rtms.loop.LoopClient;
import io.rtms.loop.LoopSeat;
import io.rtms.media.AudioParams;
import io.rtms.media.DeskshareParams;
import io.rtms.media.MediaParams;
import io.rtms.media.MediaType;
import io.rtms.media.TranscriptParams;
import io.rtms.media.VideoParams;
import io.rtms.sdk.Frame;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/**
 * A program's own way into one stream: parameters and callbacks first, then {@link #join}. Made by {@code RtmsManager.newClient()}, for one join.
 *
 * <pre>{@code
 *   try (RtmsClient client = rtms.newClient()) {
 *       client.audio(AudioParams.defaults().withDataOption(DataOption.AUDIO_MIXED_STREAM))
 *               .onTranscript((text, meta) -> System.out.println(meta.participant().name() + ": " + text))
 *               .onAudio(executor, frame -> recognise(frame.data()));
 *       client.join(JoinRequest.fromWebhook(payload));
 *       client.awaitLeft();
 *   }
 * }</pre>
 *
 * <p>Registering a callback subscribes: a client without one for audio asks for no audio. CDI observers go on to get the stream's events too,
 * before the callbacks, and what they listen to is asked for as well.
 *
 * <p>Threads: every method may be called from any thread, also from callbacks. A callback runs on the stream's own virtual thread, where it may
 * block and then delays this stream and no other; or, one event at a time and in order, on an {@link Executor}. What it throws is logged and
 * counted, and the stream goes on. {@link #leave()} may be called at any time: after it has returned no callback begins but for the end itself.
 */
public final class RtmsClient implements EventCallbacks<RtmsClient>, LoopClient, AutoCloseable {
    /** What a client needs of the house. */
    public interface House {
        /**
         * Makes the client's stream and enters it in the list of streams; it has not begun to connect.
         *
         * @param interest what the client's callbacks listen to
         * @param wanted media that the client turned on or off, whatever is listened to
         * @param params what the client changes in the configured parameters
         * @param callbacks gets every event after the CDI observers, on the stream's thread
         * @throws IllegalStateException where the stream is live already
         * @throws IllegalArgumentException where the request cannot be used
         * @throws StreamRegistry.HeldElsewhereException where another node has the stream
         * @throws StreamRegistry.RegistryAwayException where that cannot be known now
         */
        Opened open(
                JoinRequest request,
                Interest interest,
                Map<MediaType, Boolean> wanted,
                UnaryOperator<MediaParams> params,
                Consumer<RtmsEvent> callbacks);

        /** Gives a client that has none a place on one of the default loops. */
        void seat(RtmsClient client);

        /** A callback has thrown. */
        void failed(RtmsEvent event, Throwable failure);
    }

    /**
     * A client's stream.
     *
     * @param lease the right to connect it
     */
    public record Opened(RtmsStream stream, Lease lease) {}

    private final House house;
    private final StreamConfig config;
    private final Callbacks callbacks = new Callbacks();
    private final Map<MediaType, Boolean> wanted = new EnumMap<>(MediaType.class);
    private final CompletableFuture<StreamJoined> joined = new CompletableFuture<>();
    private final CompletableFuture<Void> left = new CompletableFuture<>();
    private UnaryOperator<MediaParams> params = UnaryOperator.identity();
    private Executor executor;
    private boolean closed;
    private volatile LoopSeat seat;
    private volatile RtmsStream stream;

    /** For the manager. */
    public RtmsClient(House house, StreamConfig config) {
        this.house = house;
        this.config = config;
    }

    // ---- what to ask for

    /** How audio is asked for; the other media stay as they are. */
    public RtmsClient audio(AudioParams value) {
        return change(all -> all.with(value));
    }

    /** How video is asked for; the other media stay as they are. */
    public RtmsClient video(VideoParams value) {
        return change(all -> all.with(value));
    }

    /** How a shared desk is asked for; the other media stay as they are. */
    public RtmsClient deskshare(DeskshareParams value) {
        return change(all -> all.with(value));
    }

    /** How transcripts are asked for; the other media stay as they are. */
    public RtmsClient transcript(TranscriptParams value) {
        return change(all -> all.with(value));
    }

    /** Turns a medium on or off, whoever listens to it; the other media stay as they are. */
    public synchronized RtmsClient media(MediaType type, boolean on) {
        checkNotJoined();
        wanted.put(type, on);
        return this;
    }

    /** Where callbacks without an executor of their own run, from the next one that is registered; each of them one event at a time, in order; null: on the stream's virtual thread. */
    public synchronized RtmsClient executor(Executor value) {
        checkNotJoined();
        executor = value;
        return this;
    }

    // ---- callbacks

    @Override
    public synchronized <E extends RtmsEvent> RtmsClient on(Class<E> type, Consumer<? super E> callback) {
        if (executor != null) {
            return on(type, executor, callback);
        }
        return add(type, new InlineLane(type, untyped(type, callback), house::failed));
    }

    @Override
    public <E extends RtmsEvent> RtmsClient on(Class<E> type, Executor own, Consumer<? super E> callback) {
        Objects.requireNonNull(own, "executor");
        return add(type, new ExecutorLane(type, own, config.callbackQueue(), untyped(type, callback), house::failed));
    }

    @Override
    public <E extends RtmsEvent> RtmsClient onAsync(
            Class<E> type, Function<? super E, ? extends CompletionStage<?>> callback) {
        Objects.requireNonNull(callback, "callback");
        return add(
                type,
                new AsyncLane(type, config.callbackQueue(), event -> callback.apply(type.cast(event)), house::failed));
    }

    // ---- life

    /** For loops: {@code loop.add(client)} and {@code pool.add(client)} say where the client's stream lives. Before the join, once. */
    @Override
    public synchronized void seated(LoopSeat place) {
        checkNotJoined();
        if (seat != null) {
            throw new IllegalStateException(
                    "the client has a place on " + seat.loop().name() + " already");
        }
        seat = place;
    }

    /**
     * Joins a stream, on the loop to which the client was added, else on one of the default loops. Returns at once. Once for each client.
     *
     * @return completes when media flow; fails with {@link IllegalStateException} where the stream ends before
     * @throws IllegalStateException where this client has joined or left before, or somebody else has joined the stream
     * @throws IllegalArgumentException where the request cannot be used, or nothing is listened to; the client may try another
     */
    public synchronized CompletableFuture<StreamJoined> join(JoinRequest request) {
        checkNotJoined();
        if (seat == null) {
            house.seat(this);
        }
        Interest interest = Interest.NONE.and(callbacks.types());
        Opened opened = house.open(request, interest, wanted, params, this::deliver);
        stream = opened.stream();
        opened.stream().join(seat, opened.lease());
        return joined;
    }

    /** Ends the stream: Zoom is told that we leave. Returns at once; no callback begins afterwards, but for the end itself. Again: nothing. */
    public void leave() {
        RtmsStream current;
        LoopSeat place;
        synchronized (this) {
            closed = true;
            current = stream;
            place = seat;
        }
        callbacks.close();
        if (current != null) {
            current.leave();
        } else if (place != null) {
            place.leave();
        }
    }

    /** Leaves. */
    @Override
    public void close() {
        leave();
    }

    /** Waits until the stream is over and every callback has returned. Not from a callback, which would wait for itself. */
    public void awaitLeft() throws InterruptedException {
        awaitLeft(Duration.ofNanos(Long.MAX_VALUE));
    }

    /**
     * The same for a time.
     *
     * @return false where the time was not enough
     */
    public boolean awaitLeft(Duration timeout) throws InterruptedException {
        joinedStream();
        try {
            left.get(timeout.toNanos(), TimeUnit.NANOSECONDS);
            return true;
        } catch (TimeoutException e) {
            return false;
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        }
    }

    // ---- while it lives

    /** The stream, for its ids, state, parameters and participants. */
    public RtmsStream stream() {
        return joinedStream();
    }

    /**
     * Asks for one participant's video, or no longer for it; the answer is a {@link VideoSubscribed}. One participant is seen at a time: the last
     * that was asked for. Asking again for one who is seen already sends nothing; should Zoom have stopped sending, while the camera was off, ask for
     * the end first.
     *
     * @throws IllegalStateException where video is not asked for with {@code VIDEO_SINGLE_INDIVIDUAL_STREAM}, or the stream is over
     */
    public void subscribeVideo(long userId, boolean on) {
        joinedStream().subscribeVideo(userId, on);
    }

    /** Asks for a type of event, or no longer for it; callbacks have asked for theirs already. */
    public void subscribe(EventType type, boolean on) {
        joinedStream().subscribe(type, on);
    }

    /** Asks Zoom in which state the stream is. */
    public CompletableFuture<StreamStatus> queryStatus() {
        return joinedStream().queryStatus();
    }

    /** Asks Zoom in which state a session is, which {@link SessionUpdated} names. */
    public CompletableFuture<SessionState> querySession(String sessionId) {
        return joinedStream().querySession(sessionId);
    }

    /** For the loop. */
    @Override
    public void onFrame(Frame frame) {
        RtmsStream current = stream;
        if (current != null) {
            current.onFrame(frame);
        }
    }

    private void deliver(RtmsEvent event) {
        switch (event) {
            case StreamJoined first -> joined.complete(first);
            case StreamLeft last ->
                joined.completeExceptionally(new IllegalStateException("stream %s was not joined: %s"
                        .formatted(last.stream().streamId(), last.cause().text())));
            default -> {}
        }
        callbacks.deliver(event);
        if (event instanceof StreamLeft) {
            callbacks.ended().whenComplete((nothing, failure) -> left.complete(null));
        }
    }

    private RtmsStream joinedStream() {
        RtmsStream current = stream;
        if (current == null) {
            throw new IllegalStateException("the client has not joined a stream");
        }
        return current;
    }

    private synchronized RtmsClient change(UnaryOperator<MediaParams> change) {
        checkNotJoined();
        UnaryOperator<MediaParams> before = params;
        params = all -> change.apply(before.apply(all));
        return this;
    }

    private synchronized RtmsClient add(Class<? extends RtmsEvent> type, Lane lane) {
        checkNotJoined();
        callbacks.add(type, lane);
        return this;
    }

    private static <E extends RtmsEvent> Consumer<RtmsEvent> untyped(Class<E> type, Consumer<? super E> callback) {
        Objects.requireNonNull(callback, "callback");
        return event -> callback.accept(type.cast(event));
    }

    private void checkNotJoined() {
        if (closed) {
            throw new IllegalStateException("the client has left: make a new one for another stream");
        }
        if (stream != null) {
            throw new IllegalStateException("the client has joined stream %s: make a new one for another"
                    .formatted(stream.stream().streamId()));
        }
    }
}
