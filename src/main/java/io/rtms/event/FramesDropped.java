package io.rtms.event;

import io.rtms.media.MediaType;

/**
 * Frames were not delivered; comes where they are missing, before the next frame of their medium, or before the stream's end.
 *
 * @param type their medium; transcripts and chat are never dropped for {@link DropCause#SLOW_OBSERVER}
 * @param cause why
 * @param count how many
 * @param bytes how many bytes of payload
 * @param fromMs time stamp of the first, by Zoom's clock, milliseconds since the epoch
 * @param timestamp time stamp of the last
 */
public record FramesDropped(
        StreamRef stream, MediaType type, DropCause cause, long count, long bytes, long fromMs, long timestamp)
        implements RtmsEvent {}
