package io.rtms.simulator;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.rtms.event.EventType;
import io.rtms.event.Participant;
import io.rtms.event.Product;
import io.rtms.event.StopReason;
import java.util.Set;

/** How a stream's messages are worded: what its product and the deviations that were asked for change in them. Immutable. */
record Dialect(Product product, Set<Deviation> deviations) {
    /** First event number that means something of its own in the contact center. */
    static final int FIRST_VOICE_EVENT = 8;

    private static final int LAST_VOICE_EVENT = 34;

    boolean has(Deviation deviation) {
        return deviations.contains(deviation);
    }

    /** Whether this event is one of the contact center's own (rtms-protocol section 10.4). */
    boolean isVoice(int event) {
        return product == Product.CONTACT_CENTER && event >= FIRST_VOICE_EVENT;
    }

    /** Whether an event goes to those only who have subscribed to it. */
    boolean needsSubscription(int event) {
        boolean unasked = event == EventType.FIRST_PACKET_TIMESTAMP.number()
                || event == EventType.MEDIA_CONNECTION_INTERRUPTED.number();
        int last = product == Product.CONTACT_CENTER
                ? LAST_VOICE_EVENT
                : EventType.CHAT_GROUP_MEMBER_STATUS_UPDATE.number();
        return !unasked && event > 0 && event <= last;
    }

    /** Name of the field of message 4 that says whether payloads are encrypted. */
    String encryptionField() {
        return has(Deviation.PAYLOAD_ENCRYPTION_NAME) ? "payload_encryption" : "payload_encrypted";
    }

    /** Name of the field of message 9 that says why the session stopped. */
    String sessionReasonField() {
        return has(Deviation.STOP_REASON_NAMES) ? "reason" : "stop_reason";
    }

    /** Message 8. */
    ObjectNode streamState(WireState state, StopReason reason) {
        return Messages.message(Messages.STREAM_STATE_UPDATE)
                .put("state", state.ordinal())
                .put(has(Deviation.STOP_REASON_NAMES) ? "stop_reason" : "reason", reason.number())
                .put("timestamp", System.currentTimeMillis());
    }

    /** {@code media_params} of message 4. */
    ObjectNode parameters(ObjectNode granted) {
        ObjectNode told = granted.deepCopy();
        if (has(Deviation.LANGUAGE_NAME) && told.path("transcript") instanceof ObjectNode transcript) {
            transcript.set("language", transcript.remove("src_language"));
        }
        return told;
    }

    /** The time in message 20. */
    long stateTimestamp() {
        long now = System.currentTimeMillis();
        return has(Deviation.SECONDS_IN_STATE) ? now / 1000 : now;
    }

    /** Name of the field that identifies what is streamed, in webhooks. */
    static String idKey(PlayOptions options) {
        boolean asMeeting = options.deviations().contains(Deviation.WEBINAR_AS_MEETING);
        return asMeeting && options.product() == Product.WEBINAR
                ? Product.MEETING.idKey()
                : options.product().idKey();
    }

    /** Puts the id, and nothing else. */
    ObjectNode putId(ObjectNode target, Participant who) {
        return has(Deviation.USER_ID_AS_STRING)
                ? target.put("user_id", Long.toString(who.id()))
                : target.put("user_id", who.id());
    }

    /** Puts id and name; only the id of nobody in particular. */
    ObjectNode putPerson(ObjectNode target, Participant who) {
        putId(target, who);
        return who.name().isEmpty() || has(Deviation.NO_USER_NAME) ? target : target.put("user_name", who.name());
    }

    /** Puts the contact center's channel; other products have none. */
    ObjectNode putChannel(ObjectNode target, Participant who) {
        return product == Product.CONTACT_CENTER ? target.put("channel_id", channel(who)) : target;
    }

    /** The contact center's name of somebody's line. */
    static String channel(Participant who) {
        return "channel-" + Long.toHexString(who.id());
    }
}
