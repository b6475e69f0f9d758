package io.rtms.event;

/**
 * Somebody shares a desk (event 5).
 *
 * @param participant who shares
 */
public record SharingStarted(StreamRef stream, Participant participant, long timestamp) implements RtmsEvent {}
