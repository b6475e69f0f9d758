package io.rtms.event;

/**
 * A chat group came, went or changed (events 10 to 14). Zoom does not document the fields, so they are passed on as received.
 *
 * @param type what happened
 * @param json the {@code event} object
 */
public record ChatGroupChanged(StreamRef stream, EventType type, String json, long timestamp) implements RtmsEvent {}
