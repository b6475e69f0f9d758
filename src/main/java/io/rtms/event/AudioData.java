package io.rtms.event;

/**
 * A frame of audio (message 14).
 *
 * @param participant who speaks; {@link Participant#NONE} in a mixed stream
 * @param data the frame in the codec that was agreed on; L16 is signed 16-bit little-endian. The array is the observers' to read and must
 *     not be written to.
 * @param timestamp Zoom's time of the frame, milliseconds since the epoch
 * @param arrivalNanos {@link System#nanoTime()} at which the frame had been read from its socket
 */
@SuppressWarnings(
        "ArrayRecordComponent") // a copy or a wrapper for each of thousands of frames a second would be the larger
// wrong
public record AudioData(StreamRef stream, Participant participant, byte[] data, long timestamp, long arrivalNanos)
        implements RtmsEvent {}
