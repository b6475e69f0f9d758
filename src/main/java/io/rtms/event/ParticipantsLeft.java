package io.rtms.event;

import java.util.List;

/**
 * Participants left (event 4).
 *
 * @param participants who left; Zoom sends no names here, so they are those known from {@link ParticipantsJoined}, else empty
 */
public record ParticipantsLeft(StreamRef stream, List<Participant> participants, long timestamp) implements RtmsEvent {}
