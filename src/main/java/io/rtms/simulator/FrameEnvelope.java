package io.rtms.simulator;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.rtms.event.Participant;
import io.rtms.media.MediaType;
import java.util.Base64;

/**
 * What is around a medium's payload in messages 14 to 16 (rtms-protocol section 5.5): the beginning is built once for each person, as many
 * frames follow in it. Immutable.
 */
final class FrameEnvelope {
    private final String head;
    private final boolean bare;

    /**
     * @param who whose frames; {@link Participant#NONE} for mixed audio
     * @param prefix stands before the payload, which is Base64
     */
    FrameEnvelope(Dialect dialect, MediaType medium, Participant who, String prefix) {
        bare = dialect.has(Deviation.CONTENT_AS_STRING);
        ObjectNode content = dialect.putPerson(Messages.object(), who);
        if (!who.equals(Participant.NONE)) {
            dialect.putChannel(content, who);
        }
        String fields = inside(content);
        String type = "{\"msg_type\":" + MediaMessages.number(medium) + ",";
        head = (bare ? type + fields + ",\"content\":\"" : type + "\"content\":{" + fields + ",\"data\":\"") + prefix;
    }

    private static String inside(ObjectNode object) {
        String json = object.toString();
        return json.substring(1, json.length() - 1);
    }

    /** The message; the time is milliseconds since the epoch. */
    String message(byte[] payload, long timestamp) {
        String data = Base64.getEncoder().encodeToString(payload);
        return bare
                ? head + data + "\",\"timestamp\":" + timestamp + "}"
                : head + data + "\",\"length\":" + payload.length + ",\"timestamp\":" + timestamp + "}}";
    }
}
