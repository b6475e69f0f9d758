package io.rtms.event;

import io.rtms.media.MediaType;

/**
 * A frame of video (message 15).
 *
 * @param metadata who is seen
 * @param data the frame in the codec that was agreed on: an H.264 access unit in Annex B form, or a whole JPG or PNG image. The array is the
 *     observers' to read and must not be written to.
 * @param timestamp Zoom's time of the frame, milliseconds since the epoch
 * @param arrivalNanos {@link System#nanoTime()} at which the frame had been read from its socket
 */
@SuppressWarnings("ArrayRecordComponent") // a copy or a wrapper for each of thousands of frames a second would be worse
public record VideoData(StreamRef stream, Metadata metadata, byte[] data, long timestamp, long arrivalNanos)
        implements MediaData {
    @Override
    public MediaType type() {
        return MediaType.VIDEO;
    }

    @Override
    public int size() {
        return data.length;
    }
}
