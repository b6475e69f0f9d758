package io.rtms.event;

import java.util.List;

/**
 * Participants turned their video on or off (events 8 and 9).
 *
 * @param participants whose video, at least one; names are those known from {@link ParticipantsJoined}, else empty
 * @param on whether it is on now
 */
public record ParticipantVideoChanged(StreamRef stream, List<Participant> participants, boolean on, long timestamp)
        implements RtmsEvent {
    public ParticipantVideoChanged {
        participants = List.copyOf(participants);
    }
}
