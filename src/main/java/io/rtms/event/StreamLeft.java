package io.rtms.event;

/**
 * The stream is over; nothing follows for it.
 *
 * @param cause why
 */
public record StreamLeft(StreamRef stream, Cause cause, long timestamp) implements RtmsEvent {}
