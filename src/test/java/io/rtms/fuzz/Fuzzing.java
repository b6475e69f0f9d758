package io.rtms.fuzz;

import static org.junit.jupiter.api.Assertions.assertFalse;

import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jboss.logging.Logger;

/**
 * Throws broken inputs at a target, begun with the seeds of {@code src/test/resources/fuzz/<name>}, one file each. An input that has the target say
 * something it has not said before becomes a seed too. It fails where the target throws, takes more than {@value #MOST_SECONDS} seconds for one
 * input or {@value #MOST_MEGABYTES} MB of memory; the input is then found in {@code target/fuzz}.
 *
 * <p>{@code -Drtms.fuzz.runs} says how many inputs, {@code -Drtms.fuzz.seconds} for how long, {@code -Drtms.fuzz.seed} with which random numbers:
 * the same seed makes the same inputs.
 */
public final class Fuzzing {
    private static final Logger LOG = Logger.getLogger(Fuzzing.class);
    private static final long RUNS = Long.getLong("rtms.fuzz.runs", 3_000);
    private static final long SECONDS = Long.getLong("rtms.fuzz.seconds", 24 * 3600);
    private static final long SEED = Long.getLong("rtms.fuzz.seed", 4711);

    private static final Path SEEDS = Path.of("src/test/resources/fuzz");
    private static final Path FAILURES = Path.of("target/fuzz");
    private static final int MOST_SEEDS = 5_000;
    private static final int MOST_SECONDS = 10;
    private static final int MOST_MEGABYTES = 64;
    private static final long MOST_BYTES = MOST_MEGABYTES * 1024L * 1024L;

    private final String name;
    private final Target target;
    private final List<byte[]> pool;
    private final Set<String> said = new HashSet<>();
    private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private volatile byte[] current = new byte[0];
    private volatile long run;
    private volatile Throwable failure;

    /** What is tried. Throws only where something is wrong: what may be thrown is caught there and becomes an outcome. */
    @FunctionalInterface
    public interface Target {
        /** @return what came of it, in words that are the same for the same thing */
        String accept(byte[] input) throws Exception;
    }

    private Fuzzing(String name, Target target) {
        this.name = name;
        this.target = target;
        this.pool = seeds(SEEDS.resolve(name));
    }

    /** Runs a target to its end. */
    public static void fuzz(String name, Target target) throws InterruptedException {
        new Fuzzing(name, target).run();
    }

    private void run() throws InterruptedException {
        assertFalse(pool.isEmpty(), "there are seeds");
        long began = System.nanoTime();
        int seeds = pool.size();
        Thread worker = Thread.ofPlatform().daemon().name("fuzz-" + name).start(this::work);
        awaitEnd(worker);
        if (failure != null) {
            throw new AssertionError(describe("fails"), failure);
        }
        LOG.infof(
                "Fuzzed %s: %d inputs of %d seeds, random seed %d, %d outcomes, %d ms",
                name, run, seeds, SEED, said.size(), (System.nanoTime() - began) / 1_000_000);
    }

    /** One that hangs cannot be stopped; it is left behind, with its stack. */
    private void awaitEnd(Thread worker) throws InterruptedException {
        long seen = -1;
        while (worker.isAlive()) {
            long before = run;
            worker.join(MOST_SECONDS * 1000L);
            if (worker.isAlive() && before == run && seen == before) {
                AssertionError hang = new AssertionError(describe("hangs"));
                hang.setStackTrace(worker.getStackTrace());
                throw hang;
            }
            seen = before;
        }
    }

    private void work() {
        Random random = new Random(SEED);
        Mutator mutator = new Mutator(random);
        long end = System.nanoTime() + SECONDS * 1_000_000_000L;
        try {
            for (byte[] seed : List.copyOf(pool)) {
                accept(seed);
            }
            while (run < RUNS && System.nanoTime() < end) {
                byte[] input = mutator.mutate(pool);
                if (accept(input) && pool.size() < MOST_SEEDS) {
                    pool.add(input);
                }
            }
        } catch (Throwable e) { // also what is no exception: a stack that is too small, or memory
            failure = e;
        }
    }

    /** True where the target says something new. */
    private boolean accept(byte[] input) throws Exception {
        current = input;
        run++;
        long before = threads.getCurrentThreadAllocatedBytes();
        String outcome = target.accept(input);
        long bytes = threads.getCurrentThreadAllocatedBytes() - before;
        if (bytes > MOST_BYTES) {
            throw new AssertionError("%d bytes of memory for %d of input".formatted(bytes, input.length));
        }
        return said.size() < MOST_SEEDS && said.add(outcome);
    }

    private String describe(String what) {
        byte[] input = current;
        try {
            Files.createDirectories(FAILURES);
            Path file = Files.write(FAILURES.resolve(name + "-" + Integer.toHexString(Arrays.hashCode(input))), input);
            return "%s %s with input %d of random seed %d, %d bytes, see %s"
                    .formatted(name, what, run, SEED, input.length, file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<byte[]> seeds(Path folder) {
        try (Stream<Path> files = Files.list(folder)) {
            List<byte[]> seeds = new ArrayList<>();
            for (Path file : files.sorted().collect(Collectors.toList())) {
                seeds.add(Files.readAllBytes(file));
            }
            return seeds;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
