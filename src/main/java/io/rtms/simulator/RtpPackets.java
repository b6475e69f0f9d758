package io.rtms.simulator;

import io.rtms.media.AudioCodec;
import io.rtms.simulator.sound.Packets;
import java.nio.ByteBuffer;

/**
 * Puts audio into RTP packets (RFC 3550), one for each 20 ms; how Zoom fills them is not documented. For one thread.
 *
 * <pre>
 *   version 2 (1 byte) | payload type | sequence (2) | time (4) | source (4) | payload
 * </pre>
 */
final class RtpPackets {
    private static final int HEADER_BYTES = 12;
    private static final byte VERSION_2 = (byte) 0x80;
    private static final int OPUS = 111;
    private static final int G722 = 9;
    private static final int PCMA = 8;

    private final byte payloadType;
    private final int step;
    private final int source;
    private short sequence;
    private int time;

    RtpPackets(AudioCodec codec, long source) {
        this.payloadType = (byte)
                switch (codec) {
                    case OPUS -> OPUS;
                    case G722 -> G722;
                    default -> PCMA;
                };
        // The clock of G.722 runs at 8 kHz, by an old mistake that became the rule.
        this.step = (codec == AudioCodec.OPUS ? 48 : 8) * Packets.MS;
        this.source = (int) source;
    }

    byte[] wrap(byte[] payload) {
        ByteBuffer packet = ByteBuffer.allocate(HEADER_BYTES + payload.length)
                .put(VERSION_2)
                .put(payloadType)
                .putShort(sequence++)
                .putInt(time)
                .putInt(source)
                .put(payload);
        time += step;
        return packet.array();
    }
}
