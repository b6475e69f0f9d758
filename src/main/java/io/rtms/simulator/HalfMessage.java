package io.rtms.simulator;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** A message that is cut in the middle, as text and as the beginning of a frame (RFC 6455, section 5.2). */
final class HalfMessage {
    /** What is sent of it. */
    static final String TEXT = "{\"msg_type\":17,\"content\":{\"user_id\":16778240,\"data\":\"half of wha";

    private static final byte FINAL_TEXT_FRAME = (byte) 0x81;
    private static final byte LENGTH_IN_TWO_BYTES = 126;
    private static final int WHOLE_BYTES = 1000;

    private HalfMessage() {}

    /** The head of a frame of a thousand bytes, and the first of them. */
    static byte[] frame() {
        byte[] half = TEXT.getBytes(StandardCharsets.US_ASCII);
        return ByteBuffer.allocate(4 + half.length)
                .put(FINAL_TEXT_FRAME)
                .put(LENGTH_IN_TWO_BYTES)
                .putShort((short) WHOLE_BYTES)
                .put(half)
                .array();
    }
}
