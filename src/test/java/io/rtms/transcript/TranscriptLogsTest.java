package io.rtms.transcript;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.rtms.event.StreamState;
import io.rtms.event.TranscriptDeleted;
import io.rtms.event.TranscriptDeleted.Why;
import io.rtms.transcript.disk.Retention;
import io.rtms.transcript.disk.Shelf;
import io.rtms.transcript.log.MemoryBudget;
import io.rtms.transcript.log.Reading;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.IntStream;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** All transcripts of the service over restarts, failures of the disk, and revocations. */
class TranscriptLogsTest {
    @TempDir
    Path folder;

    @Test
    void aRestartLosesNothing() {
        try (Archives archives = Archives.open(folder, Map.of())) {
            archives.say("a", 30);
            archives.say("b", 3);
        }
        try (Archives archives = Archives.open(folder, Map.of())) {
            assertEquals(Set.of("a", "b"), archives.ids());
            archives.say("a", 10);
            Reading.of(archives.log("a")).assertLines(1, 40);
            assertEquals(2, archives.all().size());
            long bytes = folder.resolve("a.jsonl").toFile().length()
                    + folder.resolve("b.jsonl").toFile().length();
            assertEquals(bytes, archives.gauge("rtms.transcripts.bytes"));
        }
    }

    @Test
    void stoppingMakesEverythingLast() {
        try (Archives archives = Archives.open(folder, Map.of("fsync", "never"))) {
            archives.say("a", 3);
            assertEquals(0, archives.disk.syncs.get());
            archives.logs.stop();
            assertEquals(1, archives.disk.syncs.get());
        }
    }

    @Test
    void withoutAFolderNothingIsWritten() {
        try (Archives archives = Archives.open(folder, Map.of("dir", "", "max-entries", "5"))) {
            archives.say("a", 10);
            assertEquals(
                    List.of(6L, 7L, 8L, 9L, 10L), Reading.of(archives.log("a")).seqs());
            assertEquals(0, folder.toFile().list().length);
            assertEquals(
                    HealthCheckResponse.Status.UP,
                    new TranscriptHealth(archives.logs).call().getStatus());
        }
    }

    @Test
    void aDiskThatRefusesIsToldOfAndTriedAgainWithoutBeingAsked() {
        try (Archives archives = Archives.open(folder, Map.of())) {
            TranscriptHealth health = new TranscriptHealth(archives.logs);
            archives.say("a", 3);
            archives.disk.fullAfter(20);
            archives.say("a", 3);
            HealthCheckResponse ill = health.call();
            assertEquals(HealthCheckResponse.Status.DOWN, ill.getStatus());
            assertTrue(ill.getData().orElseThrow().get("failure").toString().contains("No space left on device"));
            assertEquals(1L, ill.getData().orElseThrow().get("waiting"));
            assertEquals(0, archives.gauge("rtms.transcripts.disk.ok"));
            assertTrue(archives.metrics.counter("rtms.transcripts.disk.errors").count() >= 1);
            archives.disk.hasRoom();
            await().until(() -> health.call().getStatus() == HealthCheckResponse.Status.UP);
            assertEquals(1, archives.gauge("rtms.transcripts.disk.ok"));
        }
        try (Archives archives = Archives.open(folder, Map.of())) {
            Reading.of(archives.log("a")).assertLines(1, 6);
        }
    }

    @Test
    void aRevocationIsToldOfWithWhatItDeleted() throws Exception {
        try (Archives archives = Archives.open(folder, Map.of())) {
            archives.say("a", 7);
            archives.logs.revoke("a", Shelf.revoked());
            archives.logs.revoke("a", Shelf.revoked());
            archives.say("a", 1);
            archives.awaitTold("a REVOKED 7");
            assertEquals(1, archives.deletions(Why.REVOKED));
            assertFalse(Files.readString(folder.resolve("a.jsonl")).contains("line"));
        }
    }

    @Test
    void aRevocationThatTheDiskRefusedIsDoneLater() throws Exception {
        try (Archives archives = Archives.open(folder, Map.of())) {
            archives.say("a", 7);
            archives.disk.deletesFail = true;
            archives.logs.revoke("a", Shelf.revoked());
            assertEquals(Set.of(), archives.told());
            archives.disk.deletesFail = false;
            archives.awaitTold("a REVOKED 7");
            assertFalse(Files.readString(folder.resolve("a.jsonl")).contains("line"));
        }
    }

    @Test
    void aRevocationReachesFilesThatCouldNotBeRead() throws Exception {
        try (Archives archives = Archives.open(folder, Map.of())) {
            Files.writeString(folder.resolve("a.jsonl"), "secret");
            Files.writeString(folder.resolve("a.corrupt"), "secrets");
            archives.logs.revoke("a", Shelf.revoked());
            archives.logs.revoke("b", Shelf.revoked());
            archives.awaitTold("a REVOKED 0");
            assertEquals(13, archives.deleted.peek().bytes());
            assertFalse(Files.exists(folder.resolve("a.jsonl")) || Files.exists(folder.resolve("a.corrupt")));
        }
    }

    @Test
    void aRevocationOfFilesThatCouldNeitherBeReadNorDeletedIsDoneLater() throws Exception {
        try (Archives archives = Archives.open(folder, Map.of())) {
            Files.writeString(folder.resolve("a.jsonl"), "secret");
            Files.writeString(folder.resolve("a.tmp"), "secrets");
            archives.disk.deletesFail = true;
            archives.logs.revoke("a", Shelf.revoked());
            assertFalse(archives.logs.disk().orElseThrow().isOk(), "operators see that something is owed");
            archives.disk.deletesFail = false;
            archives.awaitTold("a REVOKED 0");
            assertFalse(Files.exists(folder.resolve("a.jsonl")) || Files.exists(folder.resolve("a.tmp")));
            assertTrue(archives.logs.disk().orElseThrow().isOk());
        }
    }

    /** It may ask a server on the other side of the world to keep a proof. */
    @Test
    void anObserverThatTakesItsTimeDelaysNothing() throws Exception {
        CountDownLatch goOn = new CountDownLatch(1);
        Archives archives = Archives.open(folder, Map.of("keep-ended", "0S"));
        try (archives) {
            archives.whenDeleted = deleted -> awaitQuietly(goOn);
            archives.say("a", 1);
            archives.logs.append("a", Shelf.is(StreamState.ENDED));
            await().until(() -> archives.deletions(Why.EXPIRED) == 1);
            archives.say("b", 1);
            int syncs = archives.disk.syncs.get();
            await().atMost(Duration.ofSeconds(10)).until(() -> archives.disk.syncs.get() > syncs);
            goOn.countDown();
        }
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await(30, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void anObserverThatThrowsIsItsOwnAffair() {
        try (Archives archives = Archives.open(folder, Map.of())) {
            Deletions deletions = new Deletions(archives.metrics, deleted -> {
                throw new NoClassDefFoundError("observer");
            });
            deletions.tell(new TranscriptDeleted("a", Why.EXPIRED, 1, 1, 1));
            deletions.close();
            assertEquals(
                    1,
                    archives.metrics
                            .counter("rtms.observer.errors", "event", "TranscriptDeleted")
                            .count());
        }
    }

    /** Writers come back again and again while everything that is over is deleted at once. */
    @Test
    void noEntryIsLostToALogThatIsBeingDeleted() throws Exception {
        try (Archives archives = Archives.open(folder, Map.of("keep-ended", "0S", "fsync", "never"));
                var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            LongAdder gone = new LongAdder();
            Retention hasty = new Retention(
                    Duration.ZERO,
                    Duration.ZERO,
                    0,
                    new MemoryBudget(Long.MAX_VALUE),
                    archives::all,
                    (log, why) -> log.retire(why).ifPresent(deleted -> gone.add(deleted.entries())));
            Future<?> writer = threads.submit(() -> IntStream.range(0, 2000).forEach(i -> {
                archives.logs.append("a", Shelf.is(StreamState.LIVE));
                archives.logs.append("a", Shelf.is(StreamState.ENDED));
            }));
            while (!writer.isDone()) {
                hasty.run();
            }
            writer.get(60, TimeUnit.SECONDS);
            hasty.run();
            await().untilAsserted(() -> assertEquals(
                    4000,
                    gone.sum()
                            + archives.deleted.stream()
                                    .mapToLong(TranscriptDeleted::entries)
                                    .sum()));
            assertTrue(archives.logs.disk().orElseThrow().isOk());
        }
    }

    @Test
    void refusesToKeepNothing() {
        Map<String, String> none = Map.of("max-entries", "0");
        assertThrows(IllegalArgumentException.class, () -> Archives.open(folder, none));
    }
}
