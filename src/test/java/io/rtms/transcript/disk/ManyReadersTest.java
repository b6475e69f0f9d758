package io.rtms.transcript.disk;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.rtms.transcript.log.LogEntry;
import io.rtms.transcript.log.StreamLog;
import io.rtms.transcript.log.TranscriptLog;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Readers at all speeds while entries come and memory is far too small for them: nothing is lost, doubled, or out of order. */
class ManyReadersTest {
    private static final int ENTRIES = 20_000;
    private static final int READERS = 12;

    @TempDir
    Path folder;

    @Test
    void eachReaderGetsEveryEntryOnceInOrder() throws Exception {
        try (Shelf shelf = Shelf.open(folder, FsyncPolicy.INTERVAL, 16);
                var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            StreamLog log = shelf.begin("s");
            List<Future<Long>> readers = IntStream.range(0, READERS)
                    .mapToObj(i -> threads.submit(follower(log, 1 + i * 20)))
                    .toList();
            threads.submit(() -> Shelf.say(log, ENTRIES)).get(60, TimeUnit.SECONDS);
            for (Future<Long> reader : readers) {
                assertEquals(ENTRIES, reader.get(60, TimeUnit.SECONDS));
            }
        }
    }

    /** Counts entries that came in order; sleeps until woken. */
    private static Callable<Long> follower(TranscriptLog log, int page) {
        return () -> {
            Semaphore woken = new Semaphore(1);
            log.addListener(woken::release);
            long position = 0;
            while (position < ENTRIES) {
                if (!woken.tryAcquire(30, TimeUnit.SECONDS)) {
                    throw new AssertionError("not woken at " + position + " of " + log.lastSeq());
                }
                woken.drainPermits();
                while (position < log.lastSeq()) {
                    TranscriptLog.Slice slice = log.read(position, page);
                    assertEquals(List.of(), slice.gap().stream().toList(), "after " + position);
                    for (LogEntry entry : slice.entries()) {
                        assertEquals(position + 1, entry.seq());
                        position = entry.seq();
                    }
                }
            }
            return position;
        };
    }
}
