package io.rtms.transcript.relay;

import io.rtms.bench.Samples;
import io.rtms.transcript.TranscriptLogs;
import io.rtms.transcript.log.EntryKind;
import io.rtms.transcript.log.TranscriptEntry;
import io.rtms.transcript.log.TranscriptLog;
import jakarta.enterprise.inject.spi.CDI;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
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
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What it costs to bring one line to one reader, without sockets: a line is appended, every reader is sent it, then the next. The line itself, its JSON
 * among it, is part of the cost: all of it with one reader, next to nothing with many.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(0) // the relay lives in the Quarkus application of this JVM
public class RelayFanOut {
    /** Messages of each invocation. */
    private static final int MESSAGES = 10_000;

    private static final TranscriptEntry LINE = Samples.utterance();

    /** Cursors alone, which one thread moves. */
    @State(Scope.Benchmark)
    public static class Cursors {
        @Param({"1", "100", "10000"})
        int readers;

        private final TranscriptLogs logs = CDI.current().select(TranscriptLogs.class).get();
        private final Queue<Cursor> due = new ArrayDeque<>();
        private final List<Cursor> all = new ArrayList<>();
        private final Counted sink = new Counted();

        @Setup
        public void setUp() throws MessageSink.SinkClosed {
            TranscriptLog log = begun(logs, "cursors-" + readers);
            for (int i = 0; i < readers; i++) {
                Cursor cursor = new Cursor(log, everything(log.streamId()), false, due::add);
                all.add(cursor);
                cursor.open(sink);
            }
            move();
        }

        @TearDown
        public void tearDown() {
            all.forEach(Cursor::close);
        }

        private void move() throws MessageSink.SinkClosed {
            for (Cursor cursor = due.poll(); cursor != null; cursor = due.poll()) {
                cursor.advance(sink, 32);
            }
        }
    }

    /** The relay's readers, each on its own virtual thread. */
    @State(Scope.Benchmark)
    public static class Readers {
        @Param({"1", "100", "10000"})
        int readers;

        private final TranscriptLogs logs = CDI.current().select(TranscriptLogs.class).get();
        private final Relay relay = CDI.current().select(Relay.class).get();
        private final List<TranscriptReader> all = new ArrayList<>();
        private final List<Thread> threads = new ArrayList<>();
        private final Awaited sink = new Awaited();

        @Setup
        public void setUp() {
            String stream = begun(logs, "readers-" + readers).streamId();
            sink.begin(3 * readers); // hello, subscribed, caughtUp
            for (int i = 0; i < readers; i++) {
                TranscriptReader reader = relay.admit("bench-" + i, sink).orElseThrow();
                reader.subscribe(everything(stream));
                all.add(reader);
                threads.add(Thread.ofVirtual().start(() -> relay.run(reader)));
            }
            sink.await();
        }

        @TearDown
        public void tearDown() throws InterruptedException {
            all.forEach(TranscriptReader::stop);
            for (Thread thread : threads) {
                thread.join();
            }
        }
    }

    @Benchmark
    @OperationsPerInvocation(MESSAGES)
    public int cursors(Cursors state) throws MessageSink.SinkClosed {
        for (int line = 0; line < MESSAGES / state.readers; line++) {
            state.logs.append("cursors-" + state.readers, LINE);
            state.move();
        }
        return state.sink.messages;
    }

    @Benchmark
    @OperationsPerInvocation(MESSAGES)
    public void readers(Readers state) {
        for (int line = 0; line < MESSAGES / state.readers; line++) {
            state.sink.begin(state.readers);
            state.logs.append("readers-" + state.readers, LINE);
            state.sink.await();
        }
    }

    private static TranscriptLog begun(TranscriptLogs logs, String stream) {
        logs.append(stream, LINE);
        return logs.find(stream).orElseThrow();
    }

    private static ClientMessage.Subscribe everything(String stream) {
        return new ClientMessage.Subscribe(stream, new ClientMessage.Start.Tail(0), EnumSet.allOf(EntryKind.class));
    }

    /** A socket that takes everything at once. */
    private abstract static class OpenSink implements MessageSink {
        @Override
        public void flush() {}

        @Override
        public boolean answersPings() {
            return false;
        }

        @Override
        public void ping() {}

        @Override
        public CompletableFuture<?> close(CloseCode code, String reason) {
            return CompletableFuture.completedFuture(null);
        }
    }

    private static final class Counted extends OpenSink {
        private int messages;

        @Override
        public void send(String json, long seq) {
            messages++;
        }
    }

    /** Wakes whoever waits for the last message. */
    private static final class Awaited extends OpenSink {
        private final AtomicInteger missing = new AtomicInteger();
        private volatile Thread waiting;

        void begin(int messages) {
            waiting = Thread.currentThread();
            missing.set(messages);
        }

        void await() {
            while (missing.get() > 0) {
                LockSupport.park(this);
            }
        }

        @Override
        public void send(String json, long seq) {
            if (missing.decrementAndGet() == 0) {
                LockSupport.unpark(waiting);
            }
        }
    }
}
