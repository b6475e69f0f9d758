package io.rtms.stream;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.rtms.event.ActiveSpeakerChanged;
import io.rtms.event.AudioData;
import io.rtms.event.MediaInterrupted;
import io.rtms.event.Participant;
import io.rtms.event.ParticipantsJoined;
import io.rtms.event.ParticipantsLeft;
import io.rtms.event.RawEvent;
import io.rtms.event.RtmsEvent;
import io.rtms.event.SessionState;
import io.rtms.event.SessionUpdated;
import io.rtms.event.StopReason;
import io.rtms.event.StreamRef;
import io.rtms.event.TranscriptAttribute;
import io.rtms.event.TranscriptData;
import io.rtms.media.TranscriptLanguage;
import io.rtms.sdk.Frame;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jboss.logging.Logger;

/** Turns a stream's media and signaling frames into events. For the loop's thread. */
final class EventTranslator {
    private static final Logger LOG = Logger.getLogger(EventTranslator.class);
    private static final ObjectMapper JSON = new ObjectMapper();
    /** Names kept for participants who leave; above, the oldest knowledge is of no use any more. */
    private static final int MOST_NAMES = 10_000;

    private final StreamRef stream;
    private final Map<Long, String> names = new HashMap<>();

    EventTranslator(StreamRef stream) {
        this.stream = stream;
    }

    /** Hands over the events that this frame stands for: none for a frame of another room. */
    void translate(Frame frame, Consumer<RtmsEvent> events) {
        switch (frame.kind()) {
            case AUDIO ->
                events.accept(new AudioData(
                        stream, participant(frame), frame.payload(), frame.timestamp(), frame.arrivalNanos()));
            case TRANSCRIPT -> events.accept(transcript(frame));
            case SESSION_STATE ->
                events.accept(new SessionUpdated(
                        stream,
                        frame.text(),
                        SessionState.of(frame.code()),
                        StopReason.of(frame.detail()),
                        frame.timestamp()));
            case EVENT -> event(frame, events);
            default -> {}
        }
    }

    private TranscriptData transcript(Frame frame) {
        return new TranscriptData(
                stream,
                participant(frame),
                frame.text(),
                TranscriptLanguage.of(frame.code()),
                TranscriptAttribute.of(frame.detail()),
                frame.startMs(),
                frame.endMs(),
                frame.timestamp(),
                frame.arrivalNanos());
    }

    private void event(Frame frame, Consumer<RtmsEvent> events) {
        switch (frame.code()) {
            case EventType.ACTIVE_SPEAKER_CHANGE ->
                events.accept(new ActiveSpeakerChanged(stream, participant(frame), frame.timestamp()));
            case EventType.PARTICIPANT_JOIN -> {
                List<Participant> joined = participants(frame);
                joined.forEach(this::remember);
                if (!joined.isEmpty()) {
                    events.accept(new ParticipantsJoined(stream, joined, frame.timestamp()));
                }
            }
            case EventType.PARTICIPANT_LEAVE -> {
                List<Participant> left =
                        participants(frame).stream().map(this::forget).toList();
                if (!left.isEmpty()) {
                    events.accept(new ParticipantsLeft(stream, left, frame.timestamp()));
                }
            }
            case EventType.MEDIA_CONNECTION_INTERRUPTED ->
                events.accept(new MediaInterrupted(stream, frame.timestamp()));
            default -> {}
        }
        events.accept(new RawEvent(stream, frame.code(), frame.text(), frame.timestamp()));
    }

    private Participant participant(Frame frame) {
        if (frame.userId() == 0 && frame.name().isEmpty()) {
            return Participant.NONE;
        }
        Participant participant = new Participant(frame.userId(), frame.name());
        return frame.name().isEmpty() ? named(participant) : participant;
    }

    private List<Participant> participants(Frame frame) {
        List<Participant> participants = new ArrayList<>();
        try {
            for (JsonNode entry : JSON.readTree(frame.payload()).path("participants")) {
                participants.add(new Participant(
                        entry.path("user_id").asLong(), entry.path("user_name").asText("")));
            }
        } catch (JsonProcessingException e) {
            LOG.warnf("Stream %s: event %d is not JSON", stream.streamId(), frame.code());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return participants;
    }

    private void remember(Participant participant) {
        if (names.size() < MOST_NAMES && !participant.name().isEmpty()) {
            names.put(participant.id(), participant.name());
        }
    }

    private Participant forget(Participant participant) {
        Participant named = named(participant);
        names.remove(participant.id());
        return named;
    }

    private Participant named(Participant participant) {
        return participant.name().isEmpty()
                ? new Participant(participant.id(), names.getOrDefault(participant.id(), ""))
                : participant;
    }
}
