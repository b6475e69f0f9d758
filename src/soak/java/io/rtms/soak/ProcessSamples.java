package io.rtms.soak;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToLongFunction;
import java.util.stream.Stream;

/** What a process takes of the machine over time, as Linux tells in {@code /proc}. For one thread. */
final class ProcessSamples {
    private final Path process;
    private final long startNanos = System.nanoTime();
    private final List<Sample> samples = new ArrayList<>();

    /** At one moment. */
    record Sample(long seconds, long rssKb, long threads, long files) {}

    ProcessSamples(long pid) {
        this.process = Path.of("/proc", Long.toString(pid));
    }

    Sample take() {
        Sample sample = new Sample(
                Duration.ofNanos(System.nanoTime() - startNanos).toSeconds(),
                status("VmRSS:"),
                status("Threads:"),
                openFiles());
        samples.add(sample);
        return sample;
    }

    /** Median of this figure between two parts of the whole time, 0 to 1. */
    long median(double from, double to, ToLongFunction<Sample> figure) {
        long[] part = samples.subList((int) (samples.size() * from), (int) (samples.size() * to)).stream()
                .mapToLong(figure)
                .sorted()
                .toArray();
        return part[part.length / 2];
    }

    String csv() {
        StringBuilder csv = new StringBuilder("seconds,rss kB,threads,open files\n");
        samples.forEach(one -> csv.append("%d,%d,%d,%d%n".formatted(one.seconds, one.rssKb, one.threads, one.files)));
        return csv.toString();
    }

    private long status(String name) {
        try (Stream<String> lines = Files.lines(process.resolve("status"))) {
            return lines.filter(line -> line.startsWith(name))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                    .findFirst()
                    .orElseThrow();
        } catch (IOException e) {
            throw new UncheckedIOException("the service is gone", e);
        }
    }

    private long openFiles() {
        try (Stream<Path> files = Files.list(process.resolve("fd"))) {
            return files.count();
        } catch (IOException e) {
            throw new UncheckedIOException("the service is gone", e);
        }
    }
}
