package io.rtms.transcript.relay;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.rtms.transcript.log.TranscriptLog;
import java.time.Duration;

/** The relay's own messages, those that are no entries of a log. */
final class ServerMessages {
    /** Version of the messages' form. */
    private static final int VERSION = 1;

    private ServerMessages() {}

    static String hello(String connectionId, String node, Duration heartbeat) {
        return message("hello")
                .put("connectionId", connectionId)
                .put("node", node)
                .put("heartbeatMs", heartbeat.toMillis())
                .put("v", VERSION)
                .toString();
    }

    static String subscribed(TranscriptLog log, long lastSeq, long after) {
        return message("subscribed")
                .put("streamId", log.streamId())
                .put("firstSeq", log.firstSeq())
                .put("lastSeq", lastSeq)
                .put("after", after)
                .toString();
    }

    static String caughtUp(String streamId, long seq) {
        return message("caughtUp").put("streamId", streamId).put("seq", seq).toString();
    }

    static String pong() {
        return message("pong").toString();
    }

    static String error(CloseCode code, String text) {
        return message("error").put("code", code.number()).put("message", text).toString();
    }

    static String error(CloseCode code, String text, Duration retryAfter) {
        return message("error")
                .put("code", code.number())
                .put("message", text)
                .put("retryAfterMs", retryAfter.toMillis())
                .toString();
    }

    private static ObjectNode message(String type) {
        return JsonNodeFactory.instance.objectNode().put("type", type);
    }
}
