package io.rtms;

import io.rtms.event.AudioData;
import io.rtms.event.Passive;
import io.rtms.event.RtmsEvent;
import io.rtms.event.StreamLeft;
import io.rtms.event.StreamStateChanged;
import io.rtms.event.TranscriptData;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.io.ByteArrayOutputStream;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;

/** Keeps every event of every stream, as an extension's observer would see it; asks for nothing but audio. */
@Singleton
public class RecordedEvents {
    private final Map<String, Queue<RtmsEvent>> byStream = new ConcurrentHashMap<>();

    void onEvent(@Observes @Passive RtmsEvent event) {
        byStream.computeIfAbsent(event.stream().streamId(), id -> new ConcurrentLinkedQueue<>())
                .add(event);
    }

    /** A stream's events so far, in the order in which they came. */
    public List<RtmsEvent> of(String streamId) {
        return List.copyOf(byStream.getOrDefault(streamId, new ConcurrentLinkedQueue<>()));
    }

    /** A stream's events of one type. */
    public <E extends RtmsEvent> List<E> of(String streamId, Class<E> type) {
        return of(streamId).stream().filter(type::isInstance).map(type::cast).toList();
    }

    /** The lines of a stream's transcript. */
    public List<String> lines(String streamId) {
        return of(streamId, TranscriptData.class).stream()
                .map(line -> line.participant().name() + ": " + line.text())
                .toList();
    }

    /** The audio of a stream, one frame behind the other. */
    public byte[] audio(String streamId) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        of(streamId, AudioData.class).stream().forEach(frame -> bytes.writeBytes(frame.data()));
        return bytes.toByteArray();
    }

    /** The states a stream went through, with causes. */
    public List<StreamStateChanged> states(String streamId) {
        return of(streamId, StreamStateChanged.class);
    }

    /** Whether a stream is over, its last event included. */
    public boolean isOver(String streamId) {
        return !of(streamId, StreamLeft.class).isEmpty();
    }

    /** Has Zoom asked for audio. */
    @Singleton
    public static class AudioObserver {
        void onAudio(@Observes AudioData frame) {}
    }
}
