package io.rtms.stream;

import io.rtms.event.ActiveSpeakerChanged;
import io.rtms.event.AudioData;
import io.rtms.event.ChatData;
import io.rtms.event.DeskshareData;
import io.rtms.event.EventType;
import io.rtms.event.Metadata;
import io.rtms.event.ParticipantVideoChanged;
import io.rtms.event.ParticipantsJoined;
import io.rtms.event.ParticipantsLeft;
import io.rtms.event.RawEvent;
import io.rtms.event.RtmsEvent;
import io.rtms.event.SessionState;
import io.rtms.event.SessionUpdated;
import io.rtms.event.SharingStarted;
import io.rtms.event.SharingStopped;
import io.rtms.event.StreamJoined;
import io.rtms.event.StreamLeft;
import io.rtms.event.StreamStateChanged;
import io.rtms.event.StreamStatus;
import io.rtms.event.TranscriptData;
import io.rtms.event.VideoData;
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
import io.smallrye.mutiny.Uni;
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
import java.util.function.BiConsumer;
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
public final class RtmsClient implements LoopClient, AutoCloseable {
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
         */
        RtmsStream open(
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

    /** Where callbacks without an executor of their own run, from the next one that is registered; each of them one event at a time, in order. */
    public synchronized RtmsClient executor(Executor value) {
        checkNotJoined();
        executor = value;
        return this;
    }

    // ---- callbacks

    /** Calls back for every event of a type, which may be an interface such as {@link RtmsEvent} for all of them. */
    public synchronized <E extends RtmsEvent> RtmsClient on(Class<E> type, Consumer<? super E> callback) {
        if (executor != null) {
            return on(type, executor, callback);
        }
        return add(type, new InlineLane(type, untyped(type, callback), house::failed));
    }

    /** The same on an executor, one event at a time, in order; up to {@code rtms.stream.callback-queue} of them wait. */
    public <E extends RtmsEvent> RtmsClient on(Class<E> type, Executor own, Consumer<? super E> callback) {
        Objects.requireNonNull(own, "executor");
        return add(type, new ExecutorLane(type, own, config.callbackQueue(), untyped(type, callback), house::failed));
    }

    /**
     * Calls back for every event of a type and does not wait for the stage that is returned. The calls begin in order; up to
     * {@code rtms.stream.callback-queue} of them are under way, then the stream waits. A stage that fails counts as a callback that throws.
     */
    public <E extends RtmsEvent> RtmsClient onAsync(
            Class<E> type, Function<? super E, ? extends CompletionStage<?>> callback) {
        Objects.requireNonNull(callback, "callback");
        return add(
                type,
                new AsyncLane(type, config.callbackQueue(), event -> callback.apply(type.cast(event)), house::failed));
    }

    /** The same for a {@link Uni}, which is subscribed to. */
    public <E extends RtmsEvent> RtmsClient onUni(Class<E> type, Function<? super E, ? extends Uni<?>> callback) {
        Objects.requireNonNull(callback, "callback");
        return onAsync(type, event -> callback.apply(event).subscribeAsCompletionStage());
    }

    /** Frames of audio. */
    public RtmsClient onAudio(Consumer<AudioData> callback) {
        return on(AudioData.class, callback);
    }

    /** Frames of audio, on an executor. */
    public RtmsClient onAudio(Executor own, Consumer<AudioData> callback) {
        return on(AudioData.class, own, callback);
    }

    /** Frames of video. */
    public RtmsClient onVideo(Consumer<VideoData> callback) {
        return on(VideoData.class, callback);
    }

    /** Frames of video, on an executor. */
    public RtmsClient onVideo(Executor own, Consumer<VideoData> callback) {
        return on(VideoData.class, own, callback);
    }

    /** Frames of a shared desk. */
    public RtmsClient onDeskshare(Consumer<DeskshareData> callback) {
        return on(DeskshareData.class, callback);
    }

    /** Frames of a shared desk, on an executor. */
    public RtmsClient onDeskshare(Executor own, Consumer<DeskshareData> callback) {
        return on(DeskshareData.class, own, callback);
    }

    /** What is said: the words, and who said them when. */
    public RtmsClient onTranscript(BiConsumer<String, Metadata> callback) {
        return on(TranscriptData.class, line -> callback.accept(line.text(), line.metadata()));
    }

    /** What is said, with all that Zoom told about it. */
    public RtmsClient onTranscript(Consumer<TranscriptData> callback) {
        return on(TranscriptData.class, callback);
    }

    /** What is said, on an executor. */
    public RtmsClient onTranscript(Executor own, Consumer<TranscriptData> callback) {
        return on(TranscriptData.class, own, callback);
    }

    /** Chat messages. */
    public RtmsClient onChat(Consumer<ChatData> callback) {
        return on(ChatData.class, callback);
    }

    /** Somebody else speaks. */
    public RtmsClient onActiveSpeaker(Consumer<ActiveSpeakerChanged> callback) {
        return on(ActiveSpeakerChanged.class, callback);
    }

    /** Participants came. */
    public RtmsClient onParticipantsJoined(Consumer<ParticipantsJoined> callback) {
        return on(ParticipantsJoined.class, callback);
    }

    /** Participants went. */
    public RtmsClient onParticipantsLeft(Consumer<ParticipantsLeft> callback) {
        return on(ParticipantsLeft.class, callback);
    }

    /** Participants turned their video on or off. */
    public RtmsClient onParticipantVideo(Consumer<ParticipantVideoChanged> callback) {
        return on(ParticipantVideoChanged.class, callback);
    }

    /** Zoom answered {@link #subscribeVideo}. */
    public RtmsClient onVideoSubscribed(Consumer<VideoSubscribed> callback) {
        return on(VideoSubscribed.class, callback);
    }

    /** Somebody shares a desk. */
    public RtmsClient onSharingStarted(Consumer<SharingStarted> callback) {
        return on(SharingStarted.class, callback);
    }

    /** Nobody shares a desk any more. */
    public RtmsClient onSharingStopped(Consumer<SharingStopped> callback) {
        return on(SharingStopped.class, callback);
    }

    /** A session of the stream changed its state. */
    public RtmsClient onSession(Consumer<SessionUpdated> callback) {
        return on(SessionUpdated.class, callback);
    }

    /** Every event of the signaling connection, as JSON. */
    public RtmsClient onEvent(Consumer<RawEvent> callback) {
        return on(RawEvent.class, callback);
    }

    /** Media flow, for the first time or again. */
    public RtmsClient onJoined(Consumer<StreamJoined> callback) {
        return on(StreamJoined.class, callback);
    }

    /** The stream moved on in its life, with the reason. */
    public RtmsClient onState(Consumer<StreamStateChanged> callback) {
        return on(StreamStateChanged.class, callback);
    }

    /** The stream is over. */
    public RtmsClient onLeft(Consumer<StreamLeft> callback) {
        return on(StreamLeft.class, callback);
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
        RtmsStream opened = house.open(request, interest, wanted, params, this::deliver);
        stream = opened;
        opened.join(seat);
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
     * that was asked for.
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
