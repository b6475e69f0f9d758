package io.rtms.simulator;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.rtms.event.Participant;
import io.rtms.event.StopReason;
import io.rtms.media.TranscriptLanguage;
import io.rtms.simulator.script.Cue;
import java.util.Collection;
import java.util.Optional;

/** The messages of signaling and media with Zoom's numbers (rtms-protocol sections 4, 5 and 10.1). */
final class Messages {
    static final int SIGNALING_HANDSHAKE_REQUEST = 1;
    static final int SIGNALING_HANDSHAKE_RESPONSE = 2;
    static final int DATA_HANDSHAKE_REQUEST = 3;
    static final int DATA_HANDSHAKE_RESPONSE = 4;
    static final int EVENT_SUBSCRIPTION = 5;
    static final int EVENT_UPDATE = 6;
    static final int CLIENT_READY = 7;
    static final int STREAM_STATE_UPDATE = 8;
    static final int SESSION_STATE_UPDATE = 9;
    static final int SESSION_STATE_REQUEST = 10;
    static final int SESSION_STATE_RESPONSE = 11;
    static final int KEEP_ALIVE_REQUEST = 12;
    static final int KEEP_ALIVE_RESPONSE = 13;
    static final int AUDIO = 14;
    static final int TRANSCRIPT = 17;
    static final int STREAM_STATE_REQUEST = 19;
    static final int STREAM_STATE_RESPONSE = 20;
    static final int STREAM_CLOSE_REQUEST = 21;
    static final int STREAM_CLOSE_RESPONSE = 22;

    static final int FIRST_PACKET_TIMESTAMP = 1;
    static final int ACTIVE_SPEAKER_CHANGE = 2;
    static final int PARTICIPANT_JOIN = 3;
    static final int PARTICIPANT_LEAVE = 4;
    static final int MEDIA_CONNECTION_INTERRUPTED = 7;

    private static final ObjectMapper JSON = new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);
    private static final int NEW_SEGMENT = 1;

    private Messages() {}

    /** The JSON object in a message; empty where it is none. */
    static Optional<ObjectNode> parse(String text) {
        try {
            return JSON.readTree(text) instanceof ObjectNode object ? Optional.of(object) : Optional.empty();
        } catch (JsonProcessingException e) {
            return Optional.empty();
        }
    }

    static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }

    static ObjectNode message(int type) {
        return object().put("msg_type", type);
    }

    static ObjectNode reply(int type, Status status) {
        return message(type).put("status_code", status.code()).put("reason", status.reason());
    }

    /** Message 2 or 4. */
    static ObjectNode handshakeReply(int type, JsonNode request, Status status) {
        return reply(type, status)
                .put("protocol_version", 1)
                .put("sequence", request.path("sequence").asLong());
    }

    static ObjectNode event(int type, long timestamp) {
        return object().put("event_type", type).put("timestamp", timestamp);
    }

    static ObjectNode activeSpeaker(Participant speaker, long timestamp) {
        return event(ACTIVE_SPEAKER_CHANGE, timestamp)
                .put("user_id", speaker.id())
                .put("user_name", speaker.name());
    }

    static ObjectNode joined(Collection<Participant> participants, long timestamp) {
        ObjectNode event = event(PARTICIPANT_JOIN, timestamp);
        ArrayNode list = event.putArray("participants");
        participants.forEach(one -> list.addObject().put("user_id", one.id()).put("user_name", one.name()));
        return event;
    }

    static ObjectNode left(Collection<Participant> participants, long timestamp) {
        ObjectNode event = event(PARTICIPANT_LEAVE, timestamp);
        ArrayNode list = event.putArray("participants");
        participants.forEach(one -> list.addObject().put("user_id", one.id()));
        return event;
    }

    static ObjectNode streamState(WireState state, StopReason reason) {
        return message(STREAM_STATE_UPDATE)
                .put("state", state.ordinal())
                .put("reason", reason.number())
                .put("timestamp", System.currentTimeMillis());
    }

    static String transcript(Cue cue, Participant speaker, MeetingClock clock) {
        ObjectNode message = message(TRANSCRIPT);
        message.putObject("content")
                .put("user_id", speaker.id())
                .put("user_name", speaker.name())
                .put("data", cue.text())
                .put("timestamp", clock.timestamp(cue.beginMs()))
                .put("start_time", clock.timestamp(cue.beginMs()))
                .put("end_time", clock.timestamp(cue.endMs()))
                .put("language", TranscriptLanguage.ENGLISH.number())
                .put("attribute", NEW_SEGMENT);
        return message.toString();
    }
}
