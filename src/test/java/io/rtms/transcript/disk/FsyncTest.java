package io.rtms.transcript.disk;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.rtms.event.StreamState;
import io.rtms.transcript.log.Reading;
import io.rtms.transcript.log.StreamLog;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** When files are made to last, and who waits for it. */
@Timeout(60)
class FsyncTest {
    @TempDir
    Path folder;

    @Test
    void alwaysSyncsBeforeReadersAreTold() {
        try (Shelf shelf = Shelf.open(folder, FsyncPolicy.ALWAYS, 100)) {
            StreamLog log = shelf.begin("s");
            List<Integer> syncsWhenTold = new ArrayList<>();
            log.addListener(() -> syncsWhenTold.add(shelf.disk.syncs.get()));
            Shelf.say(log, 5);
            assertEquals(List.of(1, 2, 3, 4, 5), syncsWhenTold);
        }
    }

    @Test
    void readersDoNotWaitForASync() throws Exception {
        try (Shelf shelf = Shelf.open(folder, FsyncPolicy.ALWAYS, 5);
                var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            StreamLog log = shelf.begin("s");
            Shelf.say(log, 20);
            shelf.disk.stall();
            CompletableFuture<Void> writing = CompletableFuture.runAsync(() -> Shelf.say(log, 1), threads);
            await().until(() -> shelf.disk.waitingToSync.get() == 1);
            assertEquals(20, log.lastSeq(), "what is not synced is not shown");
            Reading.of(log).assertLines(1, 20);
            shelf.disk.goOn();
            writing.get(20, TimeUnit.SECONDS);
            Reading.of(log).assertLines(1, 21);
        }
    }

    @Test
    void inAnIntervalOneThreadSyncsAllFilesThatWereWritten() {
        try (Shelf shelf = Shelf.open(folder, FsyncPolicy.INTERVAL, 100)) {
            List<StreamLog> logs =
                    IntStream.range(0, 10).mapToObj(i -> shelf.begin("s" + i)).toList();
            shelf.disk.stall();
            logs.forEach(log -> Shelf.say(log, 50));
            await().until(() -> shelf.disk.waitingToSync.get() == 1);
            logs.forEach(log -> Shelf.say(log, 50));
            logs.forEach(log -> Reading.of(log).assertLines(1, 100));
            assertEquals(1, shelf.disk.waitingToSync.get(), "nobody else waits for the disk");
            shelf.disk.goOn();
            await().until(() -> shelf.disk.syncs.get() >= 10);
            assertEquals(1, shelf.disk.syncingThreads.size());
            assertTrue(shelf.disk.syncs.get() <= 20, "a sync is not for a single entry");
        }
    }

    @Test
    void neverSyncsUntilAStreamIsOverOrTheServiceStops() {
        try (Shelf shelf = Shelf.open(folder, FsyncPolicy.NEVER, 100)) {
            StreamLog over = shelf.begin("over");
            StreamLog live = shelf.begin("live");
            Shelf.say(over, 50);
            Shelf.say(live, 50);
            assertEquals(0, shelf.disk.syncs.get());
            over.append(Shelf.is(StreamState.ENDED));
            over.settle();
            assertEquals(1, shelf.disk.syncs.get());
            live.close();
            assertEquals(2, shelf.disk.syncs.get());
        }
    }

    @Test
    void anInterruptDoesNoHarm() throws Exception {
        try (Shelf shelf = Shelf.open(folder, FsyncPolicy.ALWAYS, 5)) {
            StreamLog log = shelf.begin("s");
            Shelf.say(log, 10);
            Thread interrupted = Thread.ofVirtual().start(() -> {
                Thread.currentThread().interrupt();
                Shelf.say(log, 10);
                Reading.of(log).assertLines(1, 20);
            });
            interrupted.join();
            assertTrue(shelf.state.isOk());
            Reading.of(log).assertLines(1, 20);
        }
    }
}
