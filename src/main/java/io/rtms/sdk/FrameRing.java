package io.rtms.sdk;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Reader of a loop's frame ring: the memory and the rules are drawn in {@code rtms.h}. For one thread at a time.
 */
final class FrameRing {
    private static final VarHandle LONG = MethodHandles.byteBufferViewVarHandle(long[].class, ByteOrder.nativeOrder());
    private static final VarHandle INT = MethodHandles.byteBufferViewVarHandle(int[].class, ByteOrder.nativeOrder());

    /** Records after which their room is given back to the writer. */
    private static final int RELEASE_EVERY = 32;

    /** What frames in parts may take in memory: many times the largest message for each of many streams. */
    private static final long MOST_UNFINISHED = 1L << 30;

    /** Spreads ids over the names: Zoom's have the same low bits. It is 2^64 by the golden ratio. */
    private static final long SPREAD = 0x9E3779B97F4A7C15L;

    /** Bytes of a name that is kept at the most; a person's has fewer. */
    private static final int MOST_KEPT = 128;

    private final ByteBuffer memory;
    private final long capacity;
    private final Name[] names = new Name[256];
    private final Map<Long, byte[]> unfinished = new HashMap<>();
    private long unfinishedBytes;
    private long tail;

    /**
     * @param memory the ring's header and data area, a direct buffer
     * @throws IllegalStateException where this is no ring of the version we know
     */
    FrameRing(ByteBuffer memory) {
        this.memory = memory.order(ByteOrder.nativeOrder());
        this.capacity = memory.getLong(Abi.RING_CAPACITY_OFFSET);
        if (memory.getInt(0) != Abi.RING_MAGIC
                || memory.getInt(4) != Abi.ABI_VERSION
                || Long.bitCount(capacity) != 1
                || memory.capacity() < Abi.RING_DATA_OFFSET + capacity) {
            throw new IllegalStateException("not a frame ring of version " + Abi.ABI_VERSION);
        }
        this.tail = (long) LONG.getVolatile(memory, Abi.RING_TAIL_OFFSET);
    }

    /**
     * Hands over up to {@code limit} records that are there now, in order.
     *
     * @return how many records were read, cut frames counted by their parts; 0 where the ring is empty
     * @throws BrokenRingException where there is something that is no record; those before it were handed over
     */
    int read(Consumer<Frame> receiver, int limit) {
        long head = (long) LONG.getAcquire(memory, Abi.RING_HEAD_OFFSET);
        int records = 0;
        if (head - tail < 0 || head - tail > capacity) {
            throw new BrokenRingException("%d bytes wait in %d".formatted(head - tail, capacity));
        }
        try {
            while (tail != head && records < limit) {
                int position = (int) (Abi.RING_DATA_OFFSET + (tail & (capacity - 1)));
                int length = memory.getInt(position + Abi.RECORD_LENGTH_OFFSET);
                int kind = Short.toUnsignedInt(memory.getShort(position + Abi.RECORD_KIND_OFFSET));
                checkLength(length, kind, Math.min(head - tail, capacity - (tail & (capacity - 1))));
                tail += length;
                if (kind != Abi.KIND_PADDING) {
                    records++;
                    Frame frame = frame(position, kind, length);
                    if (frame != null) {
                        receiver.accept(frame);
                    }
                }
                if (records % RELEASE_EVERY == 0) {
                    LONG.setRelease(memory, Abi.RING_TAIL_OFFSET, tail);
                }
            }
        } finally {
            LONG.setVolatile(memory, Abi.RING_TAIL_OFFSET, tail);
        }
        return records;
    }

    /** Whether the writer waited for room; it has to be told once where this is true. To be asked after each read. */
    boolean takeWriterWaiting() {
        return (int) INT.getVolatile(memory, Abi.RING_WRITER_WAITING_OFFSET) == 1
                && (int) INT.getAndSet(memory, Abi.RING_WRITER_WAITING_OFFSET, 0) == 1;
    }

    /**
     * Says that the reader goes to sleep.
     *
     * @return false where there is something to read: then the reader must not sleep
     */
    boolean prepareSleep() {
        INT.setVolatile(memory, Abi.RING_READER_SLEEPING_OFFSET, 1);
        VarHandle.fullFence();
        if ((long) LONG.getVolatile(memory, Abi.RING_HEAD_OFFSET) != tail) {
            awake();
            return false;
        }
        return true;
    }

    /** Says that the reader is awake again. */
    void awake() {
        INT.setVolatile(memory, Abi.RING_READER_SLEEPING_OFFSET, 0);
    }

    /** How much of the ring waits to be read, 0 to 1. */
    double fillRatio() {
        long written = (long) LONG.getVolatile(memory, Abi.RING_HEAD_OFFSET);
        long read = (long) LONG.getVolatile(memory, Abi.RING_TAIL_OFFSET);
        return Math.clamp((double) (written - read) / capacity, 0, 1);
    }

    private static void checkLength(int length, int kind, long most) {
        int least = kind == Abi.KIND_PADDING ? Long.BYTES : Abi.RECORD_HEADER_BYTES;
        if (length < least || length % Long.BYTES != 0 || length > most) {
            throw new BrokenRingException("a record of %d bytes with room for %d".formatted(length, most));
        }
    }

    /** The frame at this position, or null where it was a part and the rest is to come. */
    private Frame frame(int position, int kind, int length) {
        long stream = memory.getLong(position + Abi.RECORD_STREAM_OFFSET);
        int nameLength = memory.getInt(position + Abi.RECORD_NAME_LENGTH_OFFSET);
        int payloadLength = memory.getInt(position + Abi.RECORD_PAYLOAD_LENGTH_OFFSET);
        int extraLength = memory.getInt(position + Abi.RECORD_EXTRA_LENGTH_OFFSET);
        checkParts(length, nameLength, payloadLength, extraLength);
        int nameStart = position + Abi.RECORD_HEADER_BYTES;
        byte[] payload = payload(stream, nameStart + nameLength, payloadLength);
        if ((memory.getShort(position + Abi.RECORD_FLAGS_OFFSET) & Abi.FLAG_MORE) != 0) {
            unfinished.put(stream, payload);
            unfinishedBytes += payload.length;
            if (unfinishedBytes > MOST_UNFINISHED) {
                throw new BrokenRingException("frames in parts that never end");
            }
            return null;
        }
        return new Frame(
                FrameKind.of(kind),
                stream,
                memory.getLong(position + Abi.RECORD_USER_ID_OFFSET),
                memory.getLong(position + Abi.RECORD_TIMESTAMP_OFFSET),
                memory.getLong(position + Abi.RECORD_START_OFFSET),
                memory.getLong(position + Abi.RECORD_END_OFFSET),
                memory.getLong(position + Abi.RECORD_ARRIVAL_OFFSET),
                memory.getInt(position + Abi.RECORD_CODE_OFFSET),
                memory.getInt(position + Abi.RECORD_DETAIL_OFFSET),
                name(stream ^ memory.getLong(position + Abi.RECORD_USER_ID_OFFSET), nameStart, nameLength),
                payload,
                text(nameStart + nameLength + payloadLength, extraLength));
    }

    private static void checkParts(int length, int name, int payload, int extra) {
        long parts = Abi.RECORD_HEADER_BYTES + (long) name + payload + extra;
        if (name < 0 || payload < 0 || extra < 0 || parts > length) {
            throw new BrokenRingException(
                    "parts of %d, %d and %d bytes in a record of %d".formatted(name, payload, extra, length));
        }
    }

    /** The payload at this position, behind the parts of it that came before. */
    private byte[] payload(long stream, int position, int length) {
        byte[] before = unfinished.isEmpty() ? null : unfinished.remove(stream);
        int offset = before == null ? 0 : before.length;
        unfinishedBytes -= offset;
        byte[] payload = before == null ? new byte[length] : Arrays.copyOf(before, offset + length);
        memory.get(position, payload, offset, length);
        return payload;
    }

    /** The name at this position, made once for all frames of the same participant in a row. */
    private String name(long participant, int position, int length) {
        if (length == 0 || length > MOST_KEPT) {
            return text(position, length);
        }
        int slot = (int) (participant * SPREAD >>> Long.SIZE - 8);
        Name kept = names[slot];
        if (kept == null || !kept.isAt(memory, position, length)) {
            kept = new Name(bytes(position, length));
            names[slot] = kept;
        }
        return kept.text;
    }

    private String text(int position, int length) {
        if (length == 0) {
            return "";
        }
        return new String(bytes(position, length), StandardCharsets.UTF_8);
    }

    private byte[] bytes(int position, int length) {
        byte[] bytes = new byte[length];
        memory.get(position, bytes);
        return bytes;
    }

    /** A name as it stands in the ring and as Java has it. */
    private static final class Name {
        private final byte[] utf8;
        private final String text;

        Name(byte[] utf8) {
            this.utf8 = utf8;
            this.text = new String(utf8, StandardCharsets.UTF_8);
        }

        boolean isAt(ByteBuffer memory, int position, int length) {
            if (length != utf8.length) {
                return false;
            }
            for (int i = 0; i < length; i++) {
                if (memory.get(position + i) != utf8[i]) {
                    return false;
                }
            }
            return true;
        }
    }
}
