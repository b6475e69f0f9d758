package io.rtms.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.format.ResultFormatType;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;

/**
 * Runs a class of benchmarks in this process, where observers and the tests' class path are. What each operation takes is told in time, in bytes that
 * are allocated ({@code gc.alloc.rate.norm}) and in processor time of the whole process ({@code cpu.norm}); the figures go to
 * {@code target/bench/<class>.json}. Nothing is asserted: a benchmark tells, it does not pass or fail.
 */
final class Benchmarks {
    /** Where figures are left. */
    static final Path RESULTS = Path.of("target", "bench");

    /** {@code -Donly=...}: a pattern of methods; all of them without it. */
    private static final String ONLY = System.getProperty("only", ".*");

    private Benchmarks() {}

    /**
     * Has the methods called on virtual threads, as the product's loops are. Before any other benchmark of this process.
     */
    static void runOnVirtualThreads(Class<?> benchmarks) throws RunnerException, IOException {
        System.setProperty("jmh.executor", "VIRTUAL");
        run(benchmarks);
    }

    static void run(Class<?> benchmarks) throws RunnerException, IOException {
        Files.createDirectories(RESULTS);
        new Runner(new OptionsBuilder().include(Pattern.quote(benchmarks.getName()) + "\\.(" + ONLY + ")$")
                        .addProfiler(GCProfiler.class)
                        .addProfiler(CpuProfiler.class)
                        .resultFormat(ResultFormatType.JSON)
                        .result(RESULTS.resolve(benchmarks.getSimpleName() + ".json")
                                .toString())
                        .shouldFailOnError(true)
                        .build())
                .run();
    }
}
