package io.rtms.event;

import java.util.List;

/**
 * Participants joined (event 3); right after the subscription also those who are already there.
 *
 * @param participants who joined, at least one
 */
public record ParticipantsJoined(StreamRef stream, List<Participant> participants, long timestamp)
        implements RtmsEvent {}
