package io.rtms.event;

/**
 * A session within the stream changed its state (message 9).
 *
 * @param sessionId Zoom's {@code rtms_session_id}
 * @param state the new state
 * @param reason why it stopped; {@link StopReason#UNDEFINED} unless stopped
 */
public record SessionUpdated(StreamRef stream, String sessionId, SessionState state, StopReason reason, long timestamp)
        implements RtmsEvent {}
