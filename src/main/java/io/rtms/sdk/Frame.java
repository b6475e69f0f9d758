package io.rtms.sdk;

import java.nio.charset.StandardCharsets;

/**
 * A record of the ring, copied out of native memory; what {@code code}, {@code detail} and {@code payload} mean depends on the kind (see
 * {@code rtms.h}).
 *
 * @param kind what it tells
 * @param stream handle of the native stream; 0 where it is about the loop
 * @param userId Zoom's participant id; 0 mixed or none
 * @param timestamp Zoom's time, milliseconds since the epoch
 * @param startMs begin of an utterance; 0 where the message had none
 * @param endMs end of an utterance; 0 where the message had none
 * @param arrivalNanos {@link System#nanoTime()} at which the message had been read from its socket
 * @param code by kind
 * @param detail by kind
 * @param name the participant's name, may be empty
 * @param payload by kind; the receiver's own
 * @param extra a JSON object with rarer fields, empty where there are none
 */
@SuppressWarnings("ArrayRecordComponent")
public record Frame(
        FrameKind kind,
        long stream,
        long userId,
        long timestamp,
        long startMs,
        long endMs,
        long arrivalNanos,
        int code,
        int detail,
        String name,
        byte[] payload,
        String extra) {

    /** The payload as text. */
    public String text() {
        return new String(payload, StandardCharsets.UTF_8);
    }
}
