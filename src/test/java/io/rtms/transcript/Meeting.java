package io.rtms.transcript;

import io.rtms.event.ActiveSpeakerChanged;
import io.rtms.event.Cause;
import io.rtms.event.ChatData;
import io.rtms.event.ChatOperation;
import io.rtms.event.ChatSessionType;
import io.rtms.event.Metadata;
import io.rtms.event.Participant;
import io.rtms.event.ParticipantVideoChanged;
import io.rtms.event.ParticipantsJoined;
import io.rtms.event.ParticipantsLeft;
import io.rtms.event.Product;
import io.rtms.event.RtmsEvent;
import io.rtms.event.SharingStarted;
import io.rtms.event.SharingStopped;
import io.rtms.event.StreamRef;
import io.rtms.event.StreamState;
import io.rtms.event.StreamStateChanged;
import io.rtms.event.TranscriptAttribute;
import io.rtms.event.TranscriptData;
import io.rtms.media.TranscriptLanguage;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Events of a meeting for tests, each with a stream id of its own. */
public record Meeting(StreamRef stream) {
    public static final Participant ANNA = new Participant(16_778_240, "Anna");
    public static final long BEGIN = 1_700_000_000_000L;

    public static Meeting begin() {
        return new Meeting(new StreamRef("stream-" + UUID.randomUUID(), Product.MEETING, "meeting"));
    }

    public String id() {
        return stream.streamId();
    }

    public RtmsEvent says(String text) {
        return says(text, 0, TranscriptAttribute.NEW);
    }

    public RtmsEvent says(String text, long offset, TranscriptAttribute attribute) {
        long ts = BEGIN + offset;
        Metadata metadata =
                new Metadata(ANNA, ts, ts + 1500, TranscriptLanguage.GERMAN, attribute, "", Optional.empty());
        return new TranscriptData(stream, metadata, text, ts, System.nanoTime());
    }

    public RtmsEvent speaks() {
        return new ActiveSpeakerChanged(stream, ANNA, BEGIN);
    }

    public RtmsEvent joins() {
        return new ParticipantsJoined(stream, List.of(ANNA, new Participant(33_556_610, "Ben")), BEGIN);
    }

    public RtmsEvent leaves() {
        return new ParticipantsLeft(stream, List.of(ANNA), BEGIN);
    }

    public RtmsEvent turnsVideo(boolean on) {
        return new ParticipantVideoChanged(stream, List.of(ANNA), on, BEGIN);
    }

    public RtmsEvent startsSharing() {
        return new SharingStarted(stream, ANNA, BEGIN);
    }

    public RtmsEvent stopsSharing() {
        return new SharingStopped(stream, ANNA, BEGIN);
    }

    public RtmsEvent writes(String messageId, String text) {
        return writes(messageId, text, ChatOperation.NEW);
    }

    public RtmsEvent writes(String messageId, String text, ChatOperation operation) {
        return chat(messageId, text, operation, ChatSessionType.EVERYONE, List.of(), List.of());
    }

    /** A private answer to the message "m1", with a file. */
    public RtmsEvent sendsFileTo(Participant receiver) {
        return chat(
                "m2",
                "For you",
                ChatOperation.NEW,
                ChatSessionType.INDIVIDUAL,
                List.of(receiver),
                List.of(new ChatData.File("f1", "plan.pdf", 1234)));
    }

    private RtmsEvent chat(
            String messageId,
            String text,
            ChatOperation operation,
            ChatSessionType to,
            List<Participant> receivers,
            List<ChatData.File> files) {
        return new ChatData(
                stream,
                Metadata.of(ANNA),
                text,
                operation,
                messageId,
                files.isEmpty() ? "" : "m1",
                new ChatData.Session(to, files.isEmpty() ? "" : "c7"),
                receivers,
                files,
                operation == ChatOperation.DELETE ? List.of("f1") : List.of(),
                BEGIN,
                System.nanoTime());
    }

    public RtmsEvent is(StreamState state) {
        return is(state, Cause.NONE);
    }

    public RtmsEvent is(StreamState state, Cause cause) {
        return new StreamStateChanged(stream, state, cause, BEGIN);
    }
}
