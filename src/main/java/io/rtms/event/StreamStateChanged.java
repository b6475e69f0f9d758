package io.rtms.event;

/**
 * The stream moved on in its life.
 *
 * @param state the state it is in now
 * @param cause why, and what happens next; {@link Cause#NONE} where there is nothing to say
 */
public record StreamStateChanged(StreamRef stream, StreamState state, Cause cause, long timestamp)
        implements RtmsEvent {}
