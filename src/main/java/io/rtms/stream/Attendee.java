package io.rtms.stream;

import io.rtms.event.Participant;

/**
 * Somebody who is in the meeting.
 *
 * @param participant who
 * @param sinceMs when Zoom told that they joined, milliseconds since the epoch
 * @param video whether their video is on, as far as Zoom told
 * @param speaking whether they are the active speaker
 * @param sharing whether they share a desk
 */
public record Attendee(Participant participant, long sinceMs, boolean video, boolean speaking, boolean sharing) {
    Attendee withVideo(boolean on) {
        return new Attendee(participant, sinceMs, on, speaking, sharing);
    }

    Attendee withName(Participant named) {
        return new Attendee(named, sinceMs, video, speaking, sharing);
    }

    Attendee with(boolean isSpeaking, boolean isSharing) {
        return new Attendee(participant, sinceMs, video, isSpeaking, isSharing);
    }
}
