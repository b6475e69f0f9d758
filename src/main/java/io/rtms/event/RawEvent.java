package io.rtms.event;

/**
 * An event of the signaling connection (message 6) as it was received; fired for every one, also beside its typed record.
 *
 * @param type Zoom's number; its meaning depends on the product
 * @param json the {@code event} object
 */
public record RawEvent(StreamRef stream, int type, String json, long timestamp) implements RtmsEvent {}
