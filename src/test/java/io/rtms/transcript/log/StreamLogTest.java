package io.rtms.transcript.log;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.rtms.event.Cause;
import io.rtms.event.StopReason;
import io.rtms.event.StreamState;
import io.rtms.transcript.Meeting;
import io.rtms.transcript.log.TranscriptEntry.SpeakerChange;
import io.rtms.transcript.log.TranscriptEntry.Status;
import io.rtms.transcript.log.TranscriptLog.Gap;
import io.rtms.transcript.log.TranscriptLog.GapCause;
import io.rtms.transcript.log.TranscriptLog.Slice;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A log in memory alone. */
class StreamLogTest {
    private static final int NO_LIMIT = Integer.MAX_VALUE / 2;

    @Test
    void numbersFromOneAndBeginsEmpty() {
        StreamLog log = inMemory(10);
        assertEquals(0, log.lastSeq());
        assertEquals(1, log.firstSeq());
        assertEquals(new Slice(Optional.empty(), List.of()), log.read(0, 10));
        assertEquals(1, log.append(entry()));
        assertEquals(List.of(1L), seqs(log.read(0, 10)));
    }

    @Test
    void readsAfterANumberUpToALimit() {
        StreamLog log = filled(100, 1000);
        assertEquals(List.of(41L, 42L, 43L), seqs(log.read(40, 3)));
        assertEquals(List.of(100L), seqs(log.read(99, 3)));
        assertEquals(List.of(), seqs(log.read(100, 3)));
        assertEquals(List.of(), seqs(log.read(40, 0)));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 63, 64, 65, 100, 128, 1000})
    void keepsTheNewestAndReportsTheRestAsAGap(int most) {
        StreamLog log = filled(3 * most, most);
        long gone = 2L * most;
        assertEquals(gone + 1, log.firstSeq());
        Slice slice = log.read(0, NO_LIMIT);
        assertEquals(Optional.of(new Gap(1, gone, GapCause.EVICTED)), slice.gap());
        assertEquals(LongStream.rangeClosed(gone + 1, gone + most).boxed().toList(), seqs(slice));
        assertEquals(Optional.empty(), log.read(gone, NO_LIMIT).gap());
    }

    @Test
    void deletesEverythingWhenConsentIsRevoked() {
        StreamLog log = filled(20, 100);
        log.revoke(new Status(StreamState.ENDED, Cause.of(StopReason.STREAM_REVOKED), 1));
        Slice slice = log.read(5, NO_LIMIT);
        assertEquals(Optional.of(new Gap(6, 20, GapCause.REVOKED)), slice.gap());
        assertEquals(List.of(21L), seqs(slice));
        assertTrue(slice.entries().getFirst().json().contains("STREAM_REVOKED"));
        assertEquals(0, log.append(entry()), "nothing is kept of a revoked stream");
        assertEquals(21, log.lastSeq());
    }

    /** Small ring, so that readers meet the wrap again and again. */
    @ParameterizedTest
    @ValueSource(ints = {100, 1_000_000})
    void losesAndDoublesNothingWithManyReadersAndWriters(int most) throws Exception {
        int writers = 4;
        int perWriter = 10_000;
        long total = (long) writers * perWriter;
        StreamLog log = inMemory(most);
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Long>> readers = IntStream.range(0, 50)
                    .mapToObj(i -> threads.submit(follower(log, total)))
                    .toList();
            for (int i = 0; i < writers; i++) {
                threads.submit(() -> IntStream.range(0, perWriter).forEach(n -> log.append(entry())));
            }
            for (Future<Long> reader : readers) {
                assertEquals(
                        total,
                        reader.get(60, TimeUnit.SECONDS),
                        "every number is an entry or in a gap, once, in order");
            }
        }
    }

    /** Counts numbers that came in order; sleeps until woken, so a lost wake-up shows as a timeout. */
    private static Callable<Long> follower(StreamLog log, long total) {
        return () -> {
            Semaphore woken = new Semaphore(1);
            log.addListener(woken::release);
            long position = 0;
            while (position < total) {
                if (!woken.tryAcquire(20, TimeUnit.SECONDS)) {
                    throw new AssertionError("not woken at " + position + " of " + log.lastSeq());
                }
                woken.drainPermits();
                for (Slice slice = log.read(position, 32); position < log.lastSeq(); slice = log.read(position, 32)) {
                    position = advance(position, slice);
                }
            }
            return position;
        };
    }

    private static long advance(long position, Slice slice) {
        long at = position;
        if (slice.gap().isPresent()) {
            assertEquals(at + 1, slice.gap().get().fromSeq());
            at = slice.gap().get().toSeq();
        }
        for (LogEntry entry : slice.entries()) {
            assertEquals(at + 1, entry.seq());
            assertTrue(entry.json().contains("\"seq\":" + entry.seq() + ","));
            at = entry.seq();
        }
        return at;
    }

    private static StreamLog inMemory(int most) {
        return StreamLog.begin("s", new RecentEntries(most, new MemoryBudget(Long.MAX_VALUE), 0), Archive.NONE);
    }

    private static StreamLog filled(int count, int most) {
        StreamLog log = inMemory(most);
        IntStream.range(0, count).forEach(i -> log.append(entry()));
        return log;
    }

    private static TranscriptEntry entry() {
        return new SpeakerChange(Meeting.ANNA, 1);
    }

    private static List<Long> seqs(Slice slice) {
        return slice.entries().stream().map(LogEntry::seq).toList();
    }
}
