package io.rtms.event;

/**
 * The time at which the stream's first packet was captured (event 1): time stamps of media count from here. Comes once, right after signaling
 * is connected.
 */
public record FirstPacketReceived(StreamRef stream, long timestamp) implements RtmsEvent {}
