package io.rtms.simulator;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;

/** Messages with Zoom's numbers, and what they have in common (rtms-protocol sections 4, 5 and 10.1). */
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
    static final int VIDEO = 15;
    static final int DESKSHARE = 16;
    static final int TRANSCRIPT = 17;
    static final int CHAT = 18;
    static final int STREAM_STATE_REQUEST = 19;
    static final int STREAM_STATE_RESPONSE = 20;
    static final int STREAM_CLOSE_REQUEST = 21;
    static final int STREAM_CLOSE_RESPONSE = 22;
    static final int FIRST_METADATA = 23;
    static final int VIDEO_SUBSCRIPTION_REQUEST = 28;
    static final int VIDEO_SUBSCRIPTION_RESPONSE = 29;

    private static final ObjectMapper JSON = new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

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

    static ObjectNode reply(int type, Answer answer) {
        return message(type).put("status_code", answer.code()).put("reason", answer.reason());
    }

    /** Message 2 or 4. */
    static ObjectNode handshakeReply(int type, JsonNode request, Answer answer) {
        return reply(type, answer)
                .put("protocol_version", 1)
                .put("sequence", request.path("sequence").asLong());
    }
}
