package io.rtms.event;

import io.rtms.media.MediaType;

/**
 * A frame of audio (message 14).
 *
 * @param metadata who speaks; {@link Participant#NONE} in a mixed stream
 * @param data the frame in the codec that was agreed on; L16 is signed 16-bit little-endian, OPUS one packet. The array is the observers' to
 *     read and must not be written to.
 * @param timestamp Zoom's time of the frame, milliseconds since the epoch
 * @param arrivalNanos {@link System#nanoTime()} at which the frame had been read from its socket
 */
@SuppressWarnings("ArrayRecordComponent") // a copy or a wrapper for each of thousands of frames a second would be worse
public record AudioData(StreamRef stream, Metadata metadata, byte[] data, long timestamp, long arrivalNanos)
        implements MediaData {
    @Override
    public MediaType type() {
        return MediaType.AUDIO;
    }

    @Override
    public int size() {
        return data.length;
    }
}
