package io.rtms.event;

import java.util.Map;

/**
 * A voice event of the contact center (events 8 to 29, and later ones that this version has no name for).
 *
 * @param type what happened; {@link ContactCenterEventType#UNKNOWN} for later ones
 * @param number Zoom's number
 * @param participant the fields of {@code participant_info} as text: {@code channel_id}, {@code participant_mode}, {@code queue_id},
 *     {@code queue_name}, {@code account_id}, {@code division_id}, {@code phone_number}, {@code user_id}, {@code display_name}; empty where
 *     there are none
 * @param json the {@code event} object
 */
public record ContactCenterEvent(
        StreamRef stream,
        ContactCenterEventType type,
        int number,
        Map<String, String> participant,
        String json,
        long timestamp)
        implements RtmsEvent {
    public ContactCenterEvent {
        participant = Map.copyOf(participant);
    }
}
