package io.rtms.event;

/**
 * Zoom says in which state the stream is (message 8). What the service makes of it is told by
 * {@link StreamStateChanged}.
 *
 * @param status the state as Zoom sees it
 * @param reason why; {@link StopReason#UNDEFINED} where Zoom did not tell
 */
public record StreamStatusChanged(StreamRef stream, StreamStatus status, StopReason reason, long timestamp)
        implements RtmsEvent {}
