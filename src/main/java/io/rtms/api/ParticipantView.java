package io.rtms.api;

import io.rtms.stream.Attendee;

/**
 * Somebody in a meeting as the API shows them.
 *
 * @param id Zoom's participant id within this meeting; a string, because it may be longer than a browser's numbers
 * @param name display name, empty where Zoom has not told
 * @param since when Zoom told that they joined, milliseconds since the epoch
 * @param video whether their video is on, as far as Zoom told
 * @param speaking whether they are the active speaker
 * @param sharing whether they share a desk
 */
public record ParticipantView(String id, String name, long since, boolean video, boolean speaking, boolean sharing) {
    static ParticipantView of(Attendee attendee) {
        return new ParticipantView(
                Long.toUnsignedString(attendee.participant().id()),
                attendee.participant().name(),
                attendee.sinceMs(),
                attendee.video(),
                attendee.speaking(),
                attendee.sharing());
    }
}
