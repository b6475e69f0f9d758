package io.rtms.stream;

import com.fasterxml.jackson.databind.JsonNode;
import io.rtms.event.ActiveSpeakerChanged;
import io.rtms.event.ChatGroupChanged;
import io.rtms.event.ContactCenterEvent;
import io.rtms.event.ContactCenterEventType;
import io.rtms.event.EventType;
import io.rtms.event.FirstPacketReceived;
import io.rtms.event.MediaInterrupted;
import io.rtms.event.Participant;
import io.rtms.event.ParticipantVideoChanged;
import io.rtms.event.ParticipantsJoined;
import io.rtms.event.ParticipantsLeft;
import io.rtms.event.Product;
import io.rtms.event.RtmsEvent;
import io.rtms.event.SessionState;
import io.rtms.event.SessionUpdated;
import io.rtms.event.SharingStarted;
import io.rtms.event.SharingStopped;
import io.rtms.event.StatusCode;
import io.rtms.event.StopReason;
import io.rtms.event.StreamRef;
import io.rtms.event.StreamStatus;
import io.rtms.event.StreamStatusChanged;
import io.rtms.event.VideoSubscribed;
import io.rtms.sdk.Frame;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** Turns a stream's signaling frames into events. For the loop's thread. */
final class EventTranslator {
    private static final int FIRST_VOICE_EVENT = 8;
    private static final int MOST_FIELDS = 64;

    private final StreamRef stream;
    private final Roster roster;

    EventTranslator(StreamRef stream, Roster roster) {
        this.stream = stream;
        this.roster = roster;
    }

    SessionUpdated session(Frame frame) {
        return new SessionUpdated(
                stream, frame.text(), SessionState.of(frame.code()), StopReason.of(frame.detail()), frame.timestamp());
    }

    StreamStatusChanged status(Frame frame) {
        return new StreamStatusChanged(
                stream, StreamStatus.of(frame.code()), StopReason.of(frame.detail()), frame.timestamp());
    }

    VideoSubscribed videoSubscription(Frame frame) {
        return new VideoSubscribed(
                stream,
                roster.named(new Participant(frame.userId(), "")),
                StatusCode.of(frame.detail()),
                frame.text(),
                frame.timestamp());
    }

    /** The record that stands for message 6, where there is one: its number means different things for different products. */
    Optional<RtmsEvent> event(Frame frame) {
        Optional<RtmsEvent> event = stream.product() == Product.CONTACT_CENTER && frame.code() >= FIRST_VOICE_EVENT
                ? Optional.of(voice(frame))
                : Optional.ofNullable(meeting(frame));
        event.ifPresent(roster::note);
        return event;
    }

    private RtmsEvent meeting(Frame frame) {
        if (stream.product() == Product.PHONE) {
            return null; // phones speak in event codes, which nobody has documented
        }
        return switch (EventType.of(frame.code())) {
            case FIRST_PACKET_TIMESTAMP -> new FirstPacketReceived(stream, frame.timestamp());
            case ACTIVE_SPEAKER_CHANGE ->
                new ActiveSpeakerChanged(stream, roster.participant(frame.userId(), frame.name()), frame.timestamp());
            case PARTICIPANT_JOIN ->
                ofSome(newcomers(frame), joined -> new ParticipantsJoined(stream, joined, frame.timestamp()));
            case PARTICIPANT_LEAVE ->
                ofSome(participants(frame), left -> new ParticipantsLeft(stream, left, frame.timestamp()));
            case SHARING_START ->
                new SharingStarted(stream, roster.participant(frame.userId(), frame.name()), frame.timestamp());
            case SHARING_STOP -> new SharingStopped(stream, roster.sharing(), frame.timestamp());
            case MEDIA_CONNECTION_INTERRUPTED -> new MediaInterrupted(stream, frame.timestamp());
            case PARTICIPANT_VIDEO_ON -> video(frame, true);
            case PARTICIPANT_VIDEO_OFF -> video(frame, false);
            case CHAT_GROUP_CREATE,
                    CHAT_GROUP_DELETE,
                    CHAT_GROUP_MEMBERS_ADD,
                    CHAT_GROUP_MEMBERS_DELETE,
                    CHAT_GROUP_MEMBER_STATUS_UPDATE ->
                new ChatGroupChanged(stream, EventType.of(frame.code()), frame.text(), frame.timestamp());
            case UNDEFINED, UNKNOWN -> null;
        };
    }

    private RtmsEvent video(Frame frame, boolean on) {
        List<Participant> participants = participants(frame);
        if (participants.isEmpty() && frame.userId() != 0) { // an older form names one beside the list
            participants = List.of(roster.participant(frame.userId(), frame.name()));
        }
        return ofSome(participants, some -> new ParticipantVideoChanged(stream, some, on, frame.timestamp()));
    }

    private static RtmsEvent ofSome(List<Participant> participants, Function<List<Participant>, RtmsEvent> event) {
        return participants.isEmpty() ? null : event.apply(participants);
    }

    private ContactCenterEvent voice(Frame frame) {
        JsonNode json = Json.readOrMissing(frame.text());
        Map<String, String> fields = new LinkedHashMap<>();
        json.path("participant_info").properties().forEach(field -> {
            if (fields.size() < MOST_FIELDS && field.getValue().isValueNode()) {
                fields.put(field.getKey(), field.getValue().asText());
            }
        });
        return new ContactCenterEvent(
                stream, ContactCenterEventType.of(frame.code()), frame.code(), fields, frame.text(), frame.timestamp());
    }

    private List<Participant> newcomers(Frame frame) {
        return participants(frame).stream()
                .filter(one -> !roster.isPresent(one))
                .toList();
    }

    private List<Participant> participants(Frame frame) {
        List<Participant> participants = new ArrayList<>();
        for (JsonNode entry : Json.readOrMissing(frame.text()).path("participants")) {
            participants.add(roster.named(new Participant(
                    entry.path("user_id").asLong(), entry.path("user_name").asText(""))));
        }
        return participants;
    }
}
