package io.rtms.bench;

import io.rtms.RtmsManager;
import io.rtms.event.DeskshareData;
import io.rtms.event.Product;
import io.rtms.event.StreamRef;
import io.rtms.loop.LoopClient;
import io.rtms.sdk.FrameKind;
import io.rtms.sdk.RingBench;
import io.rtms.stream.JoinRequest;
import io.rtms.stream.RtmsClient;
import io.rtms.stream.RtmsStream;
import jakarta.enterprise.inject.spi.CDI;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Frames of 640 bytes from the ring through a stream of the running service to whoever listens, as the product does it: read on one virtual thread,
 * delivered on the stream's. The stream connects to a server that never answers, so that these frames are all there is; a Java writer stands for the
 * native side. Audio is looked at once more than other media, for replays.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(0) // observers live in the Quarkus application of this JVM
public class StreamPath {
    private static final int BATCH = 128;
    /** Frames that may wait for the stream's thread; its mailbox takes twice as many before it holds back. */
    private static final int MOST_WAITING = 2048;

    private static final long PAUSE_NANOS = 20_000;

    /** Who listens. */
    public enum Listener {
        /** Nobody does, to shared desks. */
        NOBODY,
        /** An observer with {@code @Observes}, to audio. */
        OBSERVER,
        /** The same, and every other frame is of a medium that nobody listens to. */
        OBSERVER_OF_ONE_OF_TWO,
        /** An observer with {@code @ObservesAsync}, to video. */
        ASYNC_OBSERVER,
        /** A client's callback on the stream's thread. */
        CALLBACK,
        /** A client's callback on an executor with one thread. */
        CALLBACK_ON_EXECUTOR,
        /** A client's callback on an executor of virtual threads. */
        CALLBACK_ON_VIRTUAL_THREADS,
        /** A client's asynchronous callback whose stages are complete. */
        ASYNC_CALLBACK
    }

    @Param
    Listener listener;

    private final RingBench ring = new RingBench(1 << 22, 640);
    private ServerSocket silent;
    private ExecutorService executor;
    private LoopClient client;
    private RtmsStream stream;
    private FrameKind even;
    private FrameKind odd;
    private volatile DeskshareData last;

    @Setup
    public void setUp() throws IOException {
        silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        executor = listener == Listener.CALLBACK_ON_VIRTUAL_THREADS
                ? Executors.newVirtualThreadPerTaskExecutor()
                : Executors.newSingleThreadExecutor();
        even = switch (listener) {
            case OBSERVER, OBSERVER_OF_ONE_OF_TWO -> FrameKind.AUDIO;
            case ASYNC_OBSERVER -> FrameKind.VIDEO;
            default -> FrameKind.DESKSHARE;
        };
        odd = listener == Listener.OBSERVER_OF_ONE_OF_TWO ? FrameKind.DESKSHARE : even;
        join(CDI.current().select(RtmsManager.class).get());
    }

    private void join(RtmsManager manager) {
        JoinRequest request = JoinRequest.builder().stream(
                        new StreamRef("bench-" + listener, Product.MEETING, "bench"))
                .serverUrls(List.of("ws://127.0.0.1:" + silent.getLocalPort()))
                .credentials("client", "secret")
                .build();
        RtmsClient callbacks = manager.newClient();
        switch (listener) {
            case CALLBACK -> callbacks.on(DeskshareData.class, this::take);
            case CALLBACK_ON_EXECUTOR, CALLBACK_ON_VIRTUAL_THREADS ->
                callbacks.on(DeskshareData.class, executor, this::take);
            case ASYNC_CALLBACK ->
                callbacks.onAsync(DeskshareData.class, frame -> {
                    take(frame);
                    return CompletableFuture.completedFuture(null);
                });
            default -> {
                stream = manager.join(request).stream();
                client = stream;
                return;
            }
        }
        callbacks.join(request);
        stream = callbacks.stream();
        client = callbacks;
    }

    private void take(DeskshareData frame) {
        last = frame;
    }

    @TearDown(Level.Iteration)
    public void awaitDelivery() {
        while (waiting() > 0) {
            LockSupport.parkNanos(PAUSE_NANOS);
        }
    }

    @TearDown
    public void tearDown() throws IOException, InterruptedException {
        stream.leave();
        if (!stream.awaitEnd(Duration.ofSeconds(20))) {
            throw new IllegalStateException("the stream does not end");
        }
        executor.close();
        silent.close();
    }

    /** As many as can be: there is always a frame that waits for the stream's thread. */
    @Benchmark
    @OperationsPerInvocation(BATCH)
    public void inBatches() {
        for (int i = 0; i < BATCH; i += 2) {
            ring.write(even);
            ring.write(odd);
        }
        ring.read(client::onFrame);
        while (waiting() > MOST_WAITING) {
            LockSupport.parkNanos(PAUSE_NANOS);
        }
    }

    /** Each frame once the stream's thread has taken the one before, and sleeps. */
    @Benchmark
    @OperationsPerInvocation(BATCH)
    public void oneByOne() {
        for (int i = 0; i < BATCH; i++) {
            ring.write(i % 2 == 0 ? even : odd);
            ring.read(client::onFrame);
            while (waiting() > 0) {
                Thread.yield();
            }
        }
    }

    private int waiting() {
        return stream.snapshot().waiting();
    }
}
