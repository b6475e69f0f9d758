package io.rtms.transcript.disk;

import io.rtms.bench.Samples;
import io.rtms.transcript.log.Archive;
import io.rtms.transcript.log.MemoryBudget;
import io.rtms.transcript.log.RecentEntries;
import io.rtms.transcript.log.StreamLog;
import io.rtms.transcript.log.TranscriptEntry;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** How long an utterance takes to be appended to a log: in memory alone, and on disk with each policy. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(0) // on the class path of the tests
public class TranscriptAppend {
    private static final TranscriptEntry UTTERANCE = Samples.utterance();

    @Param({"memory", "never", "interval", "always"})
    String kept;

    private ScheduledExecutorService thread;
    private Path folder;
    private LogFolder files;
    private StreamLog log;

    @Setup(Level.Iteration)
    public void setUp() throws IOException {
        thread = Executors.newSingleThreadScheduledExecutor();
        folder = Files.createTempDirectory("transcripts");
        files = new LogFolder(folder, new RealDisk());
        RecentEntries recent = new RecentEntries(10_000, new MemoryBudget(Long.MAX_VALUE), 0);
        log = StreamLog.begin("bench", recent, kept.equals("memory") ? Archive.NONE : file(recent));
    }

    @TearDown(Level.Iteration)
    public void tearDown() throws IOException {
        log.close();
        thread.shutdownNow();
        files.close(true);
        try (Stream<Path> all = Files.walk(folder)) {
            List<Path> deepestFirst = all.sorted(Comparator.reverseOrder()).toList();
            for (Path path : deepestFirst) {
                Files.delete(path);
            }
        }
    }

    @Benchmark
    public long append() {
        return log.append(UTTERANCE);
    }

    private Archive file(RecentEntries recent) {
        Syncer syncer = new Syncer(
                FsyncPolicy.valueOf(kept.toUpperCase(Locale.ROOT)), Duration.ofMillis(200), thread);
        return new LogFile("bench", recent, files, syncer, new DiskState(new SimpleMeterRegistry(), () -> {}));
    }
}
