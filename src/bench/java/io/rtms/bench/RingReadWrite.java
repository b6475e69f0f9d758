package io.rtms.bench;

import io.rtms.sdk.Frame;
import io.rtms.sdk.FrameKind;
import io.rtms.sdk.RingBench;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.infra.Blackhole;

/** Frames a second through a ring, on one thread: written as the native side writes them, and copied out by the product's reader. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(0)
public class RingReadWrite {
    private static final int BATCH = 128;

    /** A short transcript, 20 ms of L16 at 16 kHz, a key frame of video. */
    @Param({"64", "640", "20000"})
    int bytes;

    private RingBench ring;

    @Setup
    public void setUp() {
        ring = new RingBench(1 << 22, bytes);
    }

    /** The writer alone, which is part of the other figure. */
    @Benchmark
    @OperationsPerInvocation(BATCH)
    public void write() {
        ring.write(FrameKind.AUDIO, BATCH);
        ring.discard();
    }

    @Benchmark
    @OperationsPerInvocation(BATCH)
    public int writeAndRead(Blackhole receiver) {
        ring.write(FrameKind.AUDIO, BATCH);
        return ring.read((Frame frame) -> receiver.consume(frame));
    }
}
