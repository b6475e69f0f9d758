package io.rtms.simulator;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.rtms.event.ContactCenterEventType;
import io.rtms.event.EventType;
import io.rtms.event.Participant;
import java.util.Collection;

/** The {@code event} objects of message 6 (rtms-protocol section 4.6). Times are milliseconds since the epoch. Immutable. */
record Events(Dialect dialect) {
    static int type(ObjectNode event) {
        return event.path("event_type").asInt();
    }

    ObjectNode firstPacket(long timestamp) {
        return of(EventType.FIRST_PACKET_TIMESTAMP, timestamp);
    }

    ObjectNode interrupted(long timestamp) {
        return of(EventType.MEDIA_CONNECTION_INTERRUPTED, timestamp);
    }

    ObjectNode activeSpeaker(Participant speaker, long timestamp) {
        return dialect.putPerson(of(EventType.ACTIVE_SPEAKER_CHANGE, timestamp), speaker);
    }

    ObjectNode joined(Collection<Participant> participants, long timestamp) {
        ObjectNode event = of(EventType.PARTICIPANT_JOIN, timestamp);
        ArrayNode list = event.putArray("participants");
        participants.forEach(one -> dialect.putPerson(list.addObject(), one));
        return event;
    }

    ObjectNode left(Collection<Participant> participants, long timestamp) {
        return ofIds(EventType.PARTICIPANT_LEAVE, participants, timestamp);
    }

    ObjectNode sharingStarted(Participant who, long timestamp) {
        return dialect.putPerson(of(EventType.SHARING_START, timestamp), who);
    }

    ObjectNode sharingStopped(long timestamp) {
        return of(EventType.SHARING_STOP, timestamp);
    }

    ObjectNode video(Collection<Participant> participants, boolean on, long timestamp) {
        EventType type = on ? EventType.PARTICIPANT_VIDEO_ON : EventType.PARTICIPANT_VIDEO_OFF;
        return ofIds(type, participants, timestamp);
    }

    /** A voice event of the contact center about one person. */
    ObjectNode voice(ContactCenterEventType type, Participant who, boolean caller, long timestamp) {
        ObjectNode fields = Messages.object();
        dialect.putId(fields.putObject("participant_info"), who)
                .put("channel_id", Dialect.channel(who))
                .put("participant_mode", caller ? "caller" : "agent")
                .put("display_name", who.name());
        return any(type.number(), fields, timestamp);
    }

    /** Any event; the contact center's own say {@code event_ts} instead of {@code timestamp}. */
    ObjectNode any(int number, ObjectNode fields, long timestamp) {
        ObjectNode event = Messages.object()
                .put("event_type", number)
                .put(dialect.isVoice(number) ? "event_ts" : "timestamp", timestamp);
        return event.setAll(fields.deepCopy());
    }

    private ObjectNode ofIds(EventType type, Collection<Participant> participants, long timestamp) {
        ObjectNode event = of(type, timestamp);
        ArrayNode list = event.putArray("participants");
        participants.forEach(one -> dialect.putId(list.addObject(), one));
        return event;
    }

    private ObjectNode of(EventType type, long timestamp) {
        return any(type.number(), Messages.object(), timestamp);
    }
}
