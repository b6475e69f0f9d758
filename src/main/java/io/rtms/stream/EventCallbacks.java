package io.rtms.stream;

import io.rtms.event.ActiveSpeakerChanged;
import io.rtms.event.AudioData;
import io.rtms.event.ChatData;
import io.rtms.event.DeskshareData;
import io.rtms.event.FramesDropped;
import io.rtms.event.Metadata;
import io.rtms.event.ParticipantVideoChanged;
import io.rtms.event.ParticipantsJoined;
import io.rtms.event.ParticipantsLeft;
import io.rtms.event.RawEvent;
import io.rtms.event.ReconnectAttempted;
import io.rtms.event.RtmsEvent;
import io.rtms.event.SessionUpdated;
import io.rtms.event.SharingStarted;
import io.rtms.event.SharingStopped;
import io.rtms.event.StreamJoined;
import io.rtms.event.StreamLeft;
import io.rtms.event.StreamStateChanged;
import io.rtms.event.TranscriptData;
import io.rtms.event.VideoData;
import io.rtms.event.VideoSubscribed;
import io.smallrye.mutiny.Uni;
import java.util.Objects;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Callbacks for a stream's events. Registering one subscribes to what it listens to.
 *
 * @param <C> whoever has the callbacks, for chaining
 */
public interface EventCallbacks<C> {
    /** Calls back for every event of a type, which may be an interface such as {@link RtmsEvent} for all of them. */
    <E extends RtmsEvent> C on(Class<E> type, Consumer<? super E> callback);

    /** The same on an executor, one event at a time, in order; up to {@code rtms.stream.callback-queue} of them wait. */
    <E extends RtmsEvent> C on(Class<E> type, Executor own, Consumer<? super E> callback);

    /**
     * Calls back for every event of a type and does not wait for the stage that is returned. The calls begin in order; up to
     * {@code rtms.stream.callback-queue} of them are under way, then the stream waits. A stage that fails counts as a callback that throws.
     */
    <E extends RtmsEvent> C onAsync(Class<E> type, Function<? super E, ? extends CompletionStage<?>> callback);

    /** The same for a {@link Uni}, which is subscribed to. */
    default <E extends RtmsEvent> C onUni(Class<E> type, Function<? super E, ? extends Uni<?>> callback) {
        Objects.requireNonNull(callback, "callback");
        return onAsync(type, event -> callback.apply(event).subscribeAsCompletionStage());
    }

    /** Frames of audio. */
    default C onAudio(Consumer<AudioData> callback) {
        return on(AudioData.class, callback);
    }

    /** Frames of audio, on an executor. */
    default C onAudio(Executor own, Consumer<AudioData> callback) {
        return on(AudioData.class, own, callback);
    }

    /** Frames of video. */
    default C onVideo(Consumer<VideoData> callback) {
        return on(VideoData.class, callback);
    }

    /** Frames of video, on an executor. */
    default C onVideo(Executor own, Consumer<VideoData> callback) {
        return on(VideoData.class, own, callback);
    }

    /** Frames of a shared desk. */
    default C onDeskshare(Consumer<DeskshareData> callback) {
        return on(DeskshareData.class, callback);
    }

    /** Frames of a shared desk, on an executor. */
    default C onDeskshare(Executor own, Consumer<DeskshareData> callback) {
        return on(DeskshareData.class, own, callback);
    }

    /** What is said: the words, and who said them when. */
    default C onTranscript(BiConsumer<String, Metadata> callback) {
        return on(TranscriptData.class, line -> callback.accept(line.text(), line.metadata()));
    }

    /** What is said, with all that Zoom told about it. */
    default C onTranscript(Consumer<TranscriptData> callback) {
        return on(TranscriptData.class, callback);
    }

    /** What is said, on an executor. */
    default C onTranscript(Executor own, Consumer<TranscriptData> callback) {
        return on(TranscriptData.class, own, callback);
    }

    /** Chat messages. */
    default C onChat(Consumer<ChatData> callback) {
        return on(ChatData.class, callback);
    }

    /** Somebody else speaks. */
    default C onActiveSpeaker(Consumer<ActiveSpeakerChanged> callback) {
        return on(ActiveSpeakerChanged.class, callback);
    }

    /** Participants came. */
    default C onParticipantsJoined(Consumer<ParticipantsJoined> callback) {
        return on(ParticipantsJoined.class, callback);
    }

    /** Participants went. */
    default C onParticipantsLeft(Consumer<ParticipantsLeft> callback) {
        return on(ParticipantsLeft.class, callback);
    }

    /** Participants turned their video on or off. */
    default C onParticipantVideo(Consumer<ParticipantVideoChanged> callback) {
        return on(ParticipantVideoChanged.class, callback);
    }

    /** Zoom answered {@link #subscribeVideo}. */
    default C onVideoSubscribed(Consumer<VideoSubscribed> callback) {
        return on(VideoSubscribed.class, callback);
    }

    /** Somebody shares a desk. */
    default C onSharingStarted(Consumer<SharingStarted> callback) {
        return on(SharingStarted.class, callback);
    }

    /** Nobody shares a desk any more. */
    default C onSharingStopped(Consumer<SharingStopped> callback) {
        return on(SharingStopped.class, callback);
    }

    /** A session of the stream changed its state. */
    default C onSession(Consumer<SessionUpdated> callback) {
        return on(SessionUpdated.class, callback);
    }

    /** Every event of the signaling connection, as JSON. */
    default C onEvent(Consumer<RawEvent> callback) {
        return on(RawEvent.class, callback);
    }

    /** Media flow, for the first time or again. */
    default C onJoined(Consumer<StreamJoined> callback) {
        return on(StreamJoined.class, callback);
    }

    /** The stream moved on in its life, with the reason. */
    default C onState(Consumer<StreamStateChanged> callback) {
        return on(StreamStateChanged.class, callback);
    }

    /** An attempt to get a lost connection back has come to its end. */
    default C onReconnect(Consumer<ReconnectAttempted> callback) {
        return on(ReconnectAttempted.class, callback);
    }

    /** Frames were not delivered: observers were too far behind, or had them before. */
    default C onDropped(Consumer<FramesDropped> callback) {
        return on(FramesDropped.class, callback);
    }

    /** The stream is over. */
    default C onLeft(Consumer<StreamLeft> callback) {
        return on(StreamLeft.class, callback);
    }
}
