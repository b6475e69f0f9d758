package io.rtms.simulator;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.rtms.event.EventType;
import io.rtms.event.Participant;
import io.rtms.event.Product;
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
