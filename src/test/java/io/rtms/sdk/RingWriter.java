package io.rtms.sdk;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** Writes a frame ring as the native side does, from the drawing in {@code rtms.h}; for tests and benchmarks of the reader. */
public final class RingWriter {
    private static final VarHandle LONG = MethodHandles.byteBufferViewVarHandle(long[].class, ByteOrder.nativeOrder());

    private final ByteBuffer memory;
    private final int capacity;
    private long head;

    public RingWriter(int capacity) {
        this.capacity = capacity;
        this.memory = ByteBuffer.allocateDirect(Abi.RING_DATA_OFFSET + capacity).order(ByteOrder.nativeOrder());
        memory.putInt(0, Abi.RING_MAGIC);
        memory.putInt(4, Abi.ABI_VERSION);
        memory.putLong(Abi.RING_CAPACITY_OFFSET, capacity);
    }

    /** The memory, for the reader. */
    public ByteBuffer memory() {
        return memory.duplicate();
    }

    /** Writes a record; false where there is no room. */
    public boolean write(FrameKind kind, int flags, long stream, long timestamp, String name, byte[] payload) {
        return write(kind, flags, stream, timestamp, name.getBytes(StandardCharsets.UTF_8), payload);
    }

    /** The same with the name in UTF-8. */
    public boolean write(FrameKind kind, int flags, long stream, long timestamp, byte[] name, byte[] payload) {
        int length = (Abi.RECORD_HEADER_BYTES + name.length + payload.length + 7) / 8 * 8;
        int position = (int) (head & (capacity - 1));
        int rest = capacity - position;
        int needed = length <= rest ? length : rest + length;
        if (head + needed - (long) LONG.getAcquire(memory, Abi.RING_TAIL_OFFSET) > capacity) {
            return false;
        }
        if (length > rest) {
            memory.putInt(Abi.RING_DATA_OFFSET + position, rest);
            memory.putShort(Abi.RING_DATA_OFFSET + position + Abi.RECORD_KIND_OFFSET, (short) Abi.KIND_PADDING);
            head += rest;
            position = 0;
        }
        put(Abi.RING_DATA_OFFSET + position, length, kind, flags, stream, timestamp, name, payload);
        head += length;
        LONG.setRelease(memory, Abi.RING_HEAD_OFFSET, head);
        return true;
    }

    private void put(
            int at, int length, FrameKind kind, int flags, long stream, long timestamp, byte[] name, byte[] payload) {
        memory.putInt(at + Abi.RECORD_LENGTH_OFFSET, length);
        memory.putShort(at + Abi.RECORD_KIND_OFFSET, (short) kind.number());
        memory.putShort(at + Abi.RECORD_FLAGS_OFFSET, (short) flags);
        memory.putLong(at + Abi.RECORD_STREAM_OFFSET, stream);
        memory.putLong(at + Abi.RECORD_USER_ID_OFFSET, stream * 10);
        memory.putLong(at + Abi.RECORD_TIMESTAMP_OFFSET, timestamp);
        memory.putLong(at + Abi.RECORD_START_OFFSET, timestamp + 1);
        memory.putLong(at + Abi.RECORD_END_OFFSET, timestamp + 2);
        memory.putLong(at + Abi.RECORD_ARRIVAL_OFFSET, System.nanoTime());
        memory.putInt(at + Abi.RECORD_CODE_OFFSET, 9);
        memory.putInt(at + Abi.RECORD_DETAIL_OFFSET, 1);
        memory.putInt(at + Abi.RECORD_NAME_LENGTH_OFFSET, name.length);
        memory.putInt(at + Abi.RECORD_PAYLOAD_LENGTH_OFFSET, payload.length);
        memory.putInt(at + Abi.RECORD_EXTRA_LENGTH_OFFSET, 0);
        memory.put(at + Abi.RECORD_HEADER_BYTES, name);
        memory.put(at + Abi.RECORD_HEADER_BYTES + name.length, payload);
    }

    /** Takes the reader's place: all that was written makes room. */
    void discard() {
        LONG.setRelease(memory, Abi.RING_TAIL_OFFSET, head);
    }

    /** Overwrites a record's length in place, as only a broken writer would. */
    void breakLength(int position, int length) {
        memory.putInt(Abi.RING_DATA_OFFSET + position, length);
    }

    /** Says that so much was written. */
    void breakHead(long value) {
        LONG.setRelease(memory, Abi.RING_HEAD_OFFSET, value);
    }

    /** Says that the writer waits for room. */
    void waiting() {
        memory.putInt(Abi.RING_WRITER_WAITING_OFFSET, 1);
    }
}
