package io.rtms.bench;

import io.rtms.event.AudioData;
import io.rtms.event.Metadata;
import io.rtms.event.Participant;
import io.rtms.event.Product;
import io.rtms.event.RtmsEvent;
import io.rtms.event.StreamRef;
import io.rtms.sdk.Frame;
import io.rtms.sdk.FrameKind;
import io.rtms.sdk.RingBench;
import jakarta.enterprise.event.Event;
import jakarta.enterprise.util.TypeLiteral;
import jakarta.enterprise.inject.spi.CDI;
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

/**
 * Frames a second from the ring to a CDI observer, on one thread: a Java writer fills the ring with audio frames as the native side does, the
 * reader copies each out and it is fired as an event, nothing else; {@link RingReadWrite} is the same without the event, {@link StreamPath} what the
 * product does.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(0) // observers live in the Quarkus application of this JVM
public class RingToObserver {
    private static final int BATCH = 128;
    private static final StreamRef STREAM = new StreamRef("bench", Product.MEETING, "bench");

    @Param({"640"})
    int bytes;

    private RingBench ring;
    private Event<RtmsEvent> observers;

    @Setup
    public void setUp() {
        ring = new RingBench(1 << 22, bytes);
        observers = CDI.current().getBeanManager().getEvent().select(new TypeLiteral<RtmsEvent>() {});
    }

    @Benchmark
    @OperationsPerInvocation(BATCH)
    public int ringToObserver() {
        ring.write(FrameKind.AUDIO, BATCH);
        return ring.read(this::fire);
    }

    private void fire(Frame frame) {
        observers.fire(new AudioData(
                STREAM,
                Metadata.of(new Participant(frame.userId(), frame.name())),
                frame.payload(),
                frame.timestamp(),
                frame.arrivalNanos()));
    }
}
