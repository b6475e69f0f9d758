package io.rtms.event;

import java.util.Arrays;
import java.util.Optional;

/** Zoom's products that stream, with the names they use in webhooks (rtms-protocol section 1.2). */
public enum Product {
    MEETING("meeting", "meeting_uuid"),
    WEBINAR("webinar", "webinar_uuid"),
    VIDEO_SDK("session", "session_id"),
    CONTACT_CENTER("contact_center", "engagement_id"),
    PHONE("phone", "call_id");

    private final String eventPrefix;
    private final String idKey;

    Product(String eventPrefix, String idKey) {
        this.eventPrefix = eventPrefix;
        this.idKey = idKey;
    }

    /** First part of the product's webhook events: {@code meeting} in {@code meeting.rtms_started}. */
    public String eventPrefix() {
        return eventPrefix;
    }

    /** Name of the field that identifies the meeting, webinar, session, engagement or call; part of the signature. */
    public String idKey() {
        return idKey;
    }

    /** The product whose webhooks begin with this prefix. */
    public static Optional<Product> ofEventPrefix(String prefix) {
        return Arrays.stream(values())
                .filter(product -> product.eventPrefix.equals(prefix))
                .findFirst();
    }
}
