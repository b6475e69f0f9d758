package io.rtms.transcript.log;

import io.rtms.bench.Samples;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** What an utterance costs on its way into a log in memory: to be written as the message that all readers get, and to be kept. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(0)
public class TranscriptMemory {
    private static final TranscriptEntry UTTERANCE = Samples.utterance();

    private final String json = EntryJson.number("bench", 1, UTTERANCE).json();
    private StreamLog log;

    @Setup(Level.Iteration)
    public void setUp() {
        log = StreamLog.begin("bench", new RecentEntries(10_000, new MemoryBudget(Long.MAX_VALUE), 0), Archive.NONE);
    }

    @Benchmark
    public LogEntry serialise() {
        return EntryJson.number("bench", 1, UTTERANCE);
    }

    /** Of an entry that is written already. */
    @Benchmark
    public void append() {
        log.take(new LogEntry(log.lastSeq() + 1, EntryKind.TRANSCRIPT, json));
    }

    @Benchmark
    public long serialiseAndAppend() {
        return log.append(UTTERANCE);
    }
}
