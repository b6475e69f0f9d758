package io.rtms.sdk;

import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;

/** A ring with both ends in Java: opens the package's reader and the tests' writer to benchmarks. */
public final class RingBench {
    private static final byte[] NAME = "Project Manager".getBytes(StandardCharsets.UTF_8);

    private final RingWriter writer;
    private final FrameRing reader;
    private final byte[] payload;

    /** A ring of this capacity whose frames carry this many bytes. */
    public RingBench(int capacity, int bytes) {
        writer = new RingWriter(capacity);
        reader = new FrameRing(writer.memory());
        payload = new byte[bytes];
    }

    /** Writes so many frames. */
    public void write(FrameKind kind, int frames) {
        for (int i = 0; i < frames; i++) {
            write(kind);
        }
    }

    /** Writes a frame. */
    public void write(FrameKind kind) {
        if (!writer.write(kind, 0, 1, System.currentTimeMillis(), NAME, payload)) {
            throw new IllegalStateException("the ring is too small for a batch");
        }
    }

    /** Reads all frames that are there. */
    public int read(Consumer<Frame> receiver) {
        return reader.read(receiver, Integer.MAX_VALUE);
    }

    /** Throws away all that was written, without a reader; none can read afterwards. */
    public void discard() {
        writer.discard();
    }
}
