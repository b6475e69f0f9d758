package io.rtms.stream;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Puts Opus packets of 20 ms into an Ogg file, a page for each (RFC 3533, RFC 7845). */
final class OggWriter {
    private static final int SAMPLES = 960;
    private static final int FIRST_PAGE = 2;
    private static final int LAST_PAGE = 4;

    private final ByteArrayOutputStream file = new ByteArrayOutputStream();
    private int sequence;

    static byte[] opus(List<byte[]> packets, int channels) {
        OggWriter writer = new OggWriter();
        ByteBuffer head = ByteBuffer.allocate(19).order(ByteOrder.LITTLE_ENDIAN);
        head.put("OpusHead".getBytes(StandardCharsets.US_ASCII));
        head.put((byte) 1)
                .put((byte) channels)
                .putShort((short) 0)
                .putInt(48_000)
                .putShort((short) 0)
                .put((byte) 0);
        writer.page(head.array(), FIRST_PAGE, 0);
        ByteBuffer tags = ByteBuffer.allocate(16).order(ByteOrder.LITTLE_ENDIAN);
        tags.put("OpusTags".getBytes(StandardCharsets.US_ASCII)).putInt(0).putInt(0);
        writer.page(tags.array(), 0, 0);
        for (int i = 0; i < packets.size(); i++) {
            writer.page(packets.get(i), i == packets.size() - 1 ? LAST_PAGE : 0, (i + 1L) * SAMPLES);
        }
        return writer.file.toByteArray();
    }

    private void page(byte[] packet, int flags, long position) {
        int segments = packet.length / 255 + 1;
        ByteBuffer page = ByteBuffer.allocate(27 + segments + packet.length).order(ByteOrder.LITTLE_ENDIAN);
        page.put("OggS".getBytes(StandardCharsets.US_ASCII)).put((byte) 0).put((byte) flags);
        page.putLong(position).putInt(1).putInt(sequence++).putInt(0).put((byte) segments);
        for (int i = 0; i < segments - 1; i++) {
            page.put((byte) 255);
        }
        page.put((byte) (packet.length % 255)).put(packet);
        page.putInt(22, crc(page.array()));
        file.writeBytes(page.array());
    }

    private static int crc(byte[] page) {
        int crc = 0;
        for (byte each : page) {
            crc ^= (each & 0xff) << 24;
            for (int bit = 0; bit < 8; bit++) {
                crc = crc < 0 ? crc << 1 ^ 0x04c11db7 : crc << 1;
            }
        }
        return crc;
    }
}
