package io.rtms.sdk;

import java.util.function.Consumer;

/** A ring with both ends in Java: opens the package's reader and the tests' writer to benchmarks. */
public final class RingBench {
    private final RingWriter writer;
    private final FrameRing reader;
    private final byte[] payload;

    /** A ring of this capacity whose frames carry this many bytes. */
    public RingBench(int capacity, int bytes) {
        writer = new RingWriter(capacity);
        reader = new FrameRing(writer.memory());
        payload = new byte[bytes];
    }

    /** Writes so many audio frames. */
    public void write(int frames) {
        for (int i = 0; i < frames; i++) {
            if (!writer.write(FrameKind.AUDIO, 0, 1, i, "Project Manager", payload)) {
                throw new IllegalStateException("the ring is too small for a batch");
            }
        }
    }

    /** Reads all frames that are there. */
    public int read(Consumer<Frame> receiver) {
        return reader.read(receiver, Integer.MAX_VALUE);
    }
}
