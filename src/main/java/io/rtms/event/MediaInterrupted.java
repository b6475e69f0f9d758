package io.rtms.event;

/** Zoom lost the connection on which it sends media (event 7); the stream reconnects by itself. */
public record MediaInterrupted(StreamRef stream, long timestamp) implements RtmsEvent {}
