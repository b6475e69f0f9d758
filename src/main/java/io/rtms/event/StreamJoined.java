package io.rtms.event;

import io.rtms.media.MediaType;
import java.util.Set;

/**
 * Media flows: the handshakes are done, for the first time or after a reconnection.
 *
 * @param media the media that Zoom granted
 * @param attempts how many attempts this took, at least 1
 */
public record StreamJoined(StreamRef stream, Set<MediaType> media, int attempts, long timestamp) implements RtmsEvent {}
