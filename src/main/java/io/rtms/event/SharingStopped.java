package io.rtms.event;

/**
 * Nobody shares a desk any more (event 6).
 *
 * @param participant who shared, as {@link SharingStarted} told: Zoom does not say it again; {@link Participant#NONE} where that is not known
 */
public record SharingStopped(StreamRef stream, Participant participant, long timestamp) implements RtmsEvent {}
