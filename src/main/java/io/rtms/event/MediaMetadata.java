package io.rtms.event;

import io.rtms.media.MediaType;

/**
 * Metadata that belong to a medium and come apart from it (messages 23 to 27). Zoom does not document their shape: what is known of it is
 * read, and all of it passed on.
 *
 * @param type the medium
 * @param metadata what could be read
 * @param json the message's content as received
 */
public record MediaMetadata(StreamRef stream, MediaType type, Metadata metadata, String json, long timestamp)
        implements RtmsEvent {}
