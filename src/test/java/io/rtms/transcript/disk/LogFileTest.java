package io.rtms.transcript.disk;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.rtms.event.StreamState;
import io.rtms.event.TranscriptDeleted;
import io.rtms.event.TranscriptDeleted.Why;
import io.rtms.transcript.log.LogEntry;
import io.rtms.transcript.log.MemoryBudget;
import io.rtms.transcript.log.Reading;
import io.rtms.transcript.log.StreamLog;
import io.rtms.transcript.log.TranscriptLog.Gap;
import io.rtms.transcript.log.TranscriptLog.GapCause;
import io.rtms.transcript.log.TranscriptLog.Slice;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A log with a file: what does not fit into memory, and a disk that fails. */
class LogFileTest {
    private static final String STREAM = "s";

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 64, 100, 256, 5000})
    void whatMemoryHasNoRoomForIsReadFromDisk(int inMemory) {
        try (Shelf shelf = Shelf.open(folder, FsyncPolicy.NEVER, inMemory)) {
            StreamLog log = shelf.begin(STREAM);
            Shelf.say(log, 3000);
            assertEquals(1, log.firstSeq());
            Reading.of(log, 32).assertLines(1, 3000);
            assertEquals(List.of(), log.read(3000, 10).entries());
            assertEquals(
                    List.of(2998L, 2999L, 3000L),
                    log.read(2997, 10).entries().stream().map(LogEntry::seq).toList());
            assertTrue(log.read(0, 0).isEmpty());
        }
    }

    @Test
    void anEntryIsTheSameTextFromMemoryAndFromDisk() {
        try (Shelf shelf = Shelf.open(folder)) {
            StreamLog log = shelf.begin(STREAM);
            log.append(Shelf.says("Grüß Gott \uD83D\uDE00 \"\\ \u2028 \u0000 \n"));
            Slice fromMemory = log.read(0, 10);
            log.append(Shelf.is(StreamState.ENDED));
            log.settle();
            assertEquals(
                    fromMemory.entries().getFirst(), log.read(0, 10).entries().getFirst());
        }
    }

    @Test
    void whatIsOverIsOnDiskAlone() throws IOException {
        try (Shelf shelf = Shelf.open(folder)) {
            StreamLog log = shelf.begin(STREAM);
            Shelf.say(log, 9);
            log.settle();
            assertEquals(0, shelf.disk.syncs.get(), "it is live");
            log.append(Shelf.is(StreamState.ENDED));
            log.settle();
            assertEquals(1, shelf.disk.syncs.get());
            assertEquals(10, Reading.of(log).entries().size());
            log.append(Shelf.is(StreamState.JOINING));
            assertEquals(11, Reading.of(log).entries().size(), "it was joined again");
            assertEquals(11, Files.readAllLines(file()).size());
        }
    }

    @Test
    void onlyTheGroupMayReadWhatWasSaid() throws IOException {
        try (Shelf shelf = Shelf.open(folder.resolve("data"))) {
            Shelf.say(shelf.begin(STREAM), 1);
            Path data = folder.resolve("data");
            assertEquals("rwxr-x---", PosixFilePermissions.toString(Files.getPosixFilePermissions(data)));
            assertEquals(
                    "rw-r-----", PosixFilePermissions.toString(Files.getPosixFilePermissions(data.resolve("s.jsonl"))));
        }
    }

    /** However many bytes fit: also in the middle of a line, and none at all. */
    @ParameterizedTest
    @ValueSource(longs = {0, 1, 100, 500, 777, 2000})
    void aFullDiskIsMadeUpForWhenItHasRoomAgain(long room) {
        try (Shelf shelf = Shelf.open(folder)) {
            StreamLog log = shelf.begin(STREAM);
            shelf.disk.fullAfter(room);
            Shelf.say(log, 50);
            assertFalse(shelf.state.isOk());
            Reading.of(log).assertLines(1, 50);
            log.retry();
            assertFalse(shelf.state.isOk());
            shelf.disk.hasRoom();
            log.retry();
            assertTrue(shelf.state.isOk());
            Shelf.say(log, 50);
            Reading.of(log).assertLines(1, 100);
        }
        try (Shelf shelf = Shelf.open(folder)) {
            Reading.of(shelf.log(STREAM)).assertLines(1, 100);
        }
    }

    @Test
    void whatNeitherMemoryNorDiskCouldKeepIsAGapInBoth() throws IOException {
        Gap hole = new Gap(11, 75, GapCause.EVICTED);
        try (Shelf shelf = Shelf.open(folder, FsyncPolicy.NEVER, 25)) {
            StreamLog log = shelf.begin(STREAM);
            Shelf.say(log, 10);
            shelf.disk.fullAfter(0);
            Shelf.say(log, 90);
            assertEquals(List.of(hole), Reading.of(log).gaps());
            assertEquals(1, log.firstSeq());
            shelf.disk.hasRoom();
            log.retry();
            Shelf.say(log, 100);
            Reading reading = Reading.of(log);
            assertEquals(List.of(hole), reading.gaps());
            assertEquals(135, reading.entries().size());
        }
        assertTrue(Files.readAllLines(file()).get(10).contains("\"type\":\"gap\""), "the file tells of it too");
        try (Shelf shelf = Shelf.open(folder)) {
            assertEquals(List.of(hole), Reading.of(shelf.log(STREAM)).gaps());
            assertFalse(Files.exists(folder.resolve("s.corrupt")));
        }
    }

    @Test
    void aFolderThatCannotBeMadeIsUsedOnceItCan() throws IOException {
        Path inTheWay = folder.resolve("data");
        Files.writeString(inTheWay, "no folder");
        try (Shelf shelf = Shelf.open(inTheWay)) {
            assertFalse(shelf.state.isOk());
            StreamLog log = shelf.begin(STREAM);
            Shelf.say(log, 20);
            Reading.of(log).assertLines(1, 20);
            Files.delete(inTheWay);
            log.retry();
            assertFalse(shelf.state.failing().contains(STREAM));
        }
        try (Shelf shelf = Shelf.open(inTheWay)) {
            Reading.of(shelf.log(STREAM)).assertLines(1, 20);
        }
    }

    @Test
    void aFileThatCouldNotBeReadAtTheStartIsNotWrittenOver() throws IOException {
        try (Shelf shelf = Shelf.open(folder)) {
            Files.writeString(file(), "appeared later");
            StreamLog log = shelf.begin(STREAM);
            Shelf.say(log, 3);
            log.retry();
            assertFalse(shelf.state.isOk());
            Reading.of(log).assertLines(1, 3);
        }
        assertEquals("appeared later", Files.readString(file()));
    }

    /** Linux forgets what it could not write once it has said so: only writing it again helps. */
    @ParameterizedTest
    @EnumSource(
            value = FsyncPolicy.class,
            names = {"ALWAYS", "INTERVAL"})
    void whatCouldNotBeSyncedIsWrittenAgain(FsyncPolicy policy) throws Exception {
        try (Shelf shelf = Shelf.open(folder, policy, 1000)) {
            StreamLog log = shelf.begin(STREAM);
            Shelf.say(log, 5);
            await().until(() -> shelf.disk.syncs.get() > 0);
            shelf.disk.syncsFail = true;
            Shelf.say(log, 20);
            await().until(() -> !shelf.state.isOk());
            Reading.of(log).assertLines(1, 25);
            shelf.disk.syncsFail = false;
            int before = shelf.disk.syncs.get();
            log.retry();
            assertTrue(shelf.disk.syncs.get() > before);
            assertTrue(shelf.state.isOk());
            Shelf.say(log, 5);
            Reading.of(log).assertLines(1, 30);
        }
        try (Shelf shelf = Shelf.open(folder)) {
            Reading.of(shelf.log(STREAM)).assertLines(1, 30);
        }
    }

    /** Whatever asked for it: the next sync would find nothing to do, and say that all is well. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void whatCouldNotBeSyncedInTheEndIsWrittenAgain(boolean whenTriedAgain) throws Exception {
        try (Shelf shelf = Shelf.open(folder, FsyncPolicy.INTERVAL, 1000)) {
            StreamLog log = shelf.begin(STREAM);
            if (whenTriedAgain) {
                shelf.disk.fullAfter(0);
            }
            shelf.disk.syncsFail = true;
            Shelf.say(log, 20);
            shelf.disk.hasRoom();
            log.append(Shelf.is(StreamState.ENDED));
            if (whenTriedAgain) {
                log.retry();
            } else {
                log.settle();
            }
            assertFalse(shelf.state.isOk());
            shelf.disk.syncsFail = false;
            Files.write(file(), new byte[0]); // as a disk would have it that never took what it was given
            log.retry();
            assertTrue(shelf.state.isOk());
            assertEquals(21, Files.readAllLines(file()).size());
        }
    }

    /** Memory has let go of it by the time of the next attempt: it may be lost, but nothing takes it out of the file. */
    @Test
    void whatCouldNotBeSyncedStaysWhereMemoryHasItNoMore() {
        try (Shelf shelf = Shelf.open(folder, FsyncPolicy.INTERVAL, 10)) {
            StreamLog log = shelf.begin(STREAM);
            Shelf.say(log, 5);
            await().until(() -> shelf.disk.syncs.get() > 0);
            shelf.disk.syncsFail = true;
            Shelf.say(log, 3);
            await().until(() -> !shelf.state.isOk());
            Shelf.say(log, 20);
            shelf.disk.syncsFail = false;
            log.retry();
            assertTrue(shelf.state.isOk());
            assertEquals(
                    List.of(new Gap(9, 18, GapCause.EVICTED)), Reading.of(log).gaps());
        }
    }

    @Test
    void aFileThatSomebodyRemovedIsBegunAnew() throws IOException {
        try (Shelf shelf = Shelf.open(folder, FsyncPolicy.NEVER, 10)) {
            StreamLog log = shelf.begin(STREAM);
            Shelf.say(log, 20);
            log.append(Shelf.is(StreamState.ENDED));
            log.settle();
            Files.delete(file());
            log.append(Shelf.is(StreamState.JOINING));
            assertFalse(shelf.state.isOk());
            log.retry();
            assertTrue(shelf.state.isOk());
            assertEquals(List.of(22L), Reading.of(log).seqs());
            assertEquals(2, Files.readAllLines(file()).size(), "a gap and an entry");
        }
    }

    @Test
    void aFileThatWasMadeButNotOpenedIsWrittenOnceItOpens() throws IOException {
        try (Shelf shelf = Shelf.open(folder)) {
            StreamLog log = shelf.begin(STREAM);
            shelf.disk.opensFail = true;
            Shelf.say(log, 5);
            assertFalse(shelf.state.isOk());
            shelf.disk.opensFail = false;
            log.retry();
            assertTrue(shelf.state.isOk());
            assertEquals(5, Files.readAllLines(file()).size());
        }
    }

    @Test
    void whatCannotBeReadNowIsNoGap() {
        try (Shelf shelf = Shelf.open(folder, FsyncPolicy.NEVER, 10)) {
            StreamLog log = shelf.begin(STREAM);
            Shelf.say(log, 100);
            shelf.disk.readsFail = true;
            assertThrows(UncheckedIOException.class, () -> log.read(0, 10));
            assertEquals(10, log.read(90, 10).entries().size(), "memory needs no disk");
            shelf.disk.readsFail = false;
            Reading.of(log).assertLines(1, 100);
        }
    }

    @Test
    void aReadThatFailsInTheMiddleGivesWhatCameBefore() throws IOException {
        try (Shelf shelf = Shelf.open(folder, FsyncPolicy.NEVER, 10)) {
            StreamLog log = shelf.begin(STREAM);
            Shelf.say(log, 2000);
            shelf.disk.readableUpTo = Files.size(file()) / 2;
            List<Long> read = new ArrayList<>();
            assertThrows(UncheckedIOException.class, () -> {
                while (true) {
                    log.read(read.size(), 1000).entries().forEach(entry -> read.add(entry.seq()));
                }
            });
            assertFalse(read.isEmpty());
            assertEquals(LongStream.rangeClosed(1, read.size()).boxed().toList(), read, "and no gap");
            shelf.disk.readableUpTo = Long.MAX_VALUE;
            Reading.of(log).assertLines(1, 2000);
        }
    }

    @Test
    void damageOfAFileInUseIsAGap() throws IOException {
        try (Shelf shelf = Shelf.open(folder, FsyncPolicy.NEVER, 10)) {
            StreamLog log = shelf.begin(STREAM);
            Shelf.say(log, 100);
            String text = Files.readString(file());
            Files.writeString(file(), text.replace("line 42\"", "LINE 42\"").replace("line 7\"", "LINE 7\""));
            Reading reading = Reading.of(log);
            assertEquals(List.of(new Gap(7, 7, GapCause.LOST), new Gap(42, 42, GapCause.LOST)), reading.gaps());
            Files.delete(file());
            Reading withoutFile = Reading.of(log);
            assertEquals(List.of(new Gap(1, 90, GapCause.LOST)), withoutFile.gaps());
            assertEquals(10, withoutFile.entries().size(), "memory needs no file");
        }
    }

    /** However many streams there are: each lets go of its own oldest entries, and the disk has them. */
    @Test
    void allLogsTogetherKeepToTheMemoryThatTheyMayHave() {
        MemoryBudget memory = new MemoryBudget(20_000);
        try (Shelf shelf = Shelf.open(folder, memory)) {
            StreamLog log = shelf.begin(STREAM);
            Shelf.say(log, 60);
            assertTrue(memory.used() > 10_000 && memory.used() <= 20_000, () -> "used " + memory.used());
            StreamLog other = shelf.begin("other");
            Shelf.say(other, 100);
            assertTrue(memory.used() <= 20_000, () -> "used " + memory.used());
            Reading.of(log).assertLines(1, 60);
            Reading.of(other).assertLines(1, 100);
            for (StreamLog each : List.of(log, other)) {
                each.append(Shelf.is(StreamState.ENDED));
                each.settle();
            }
            assertEquals(0, memory.used());
        }
    }

    @Test
    void whatMemoryAloneHasCountsWhileTheDiskIsFull() {
        try (Shelf shelf = Shelf.open(folder)) {
            StreamLog log = shelf.begin(STREAM);
            Shelf.say(log, 10);
            long before = log.bytes();
            shelf.disk.fullAfter(0);
            Shelf.say(log, 90);
            long waiting = log.bytes() - before;
            assertTrue(waiting > 6 * before, () -> before + " bytes are on disk, " + waiting + " wait");
            shelf.disk.hasRoom();
            log.retry();
            assertEquals(LogFolder.size(file()), log.bytes());
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 1000})
    void longEntriesComeFewAtATime(int inMemory) {
        try (Shelf shelf = Shelf.open(folder, FsyncPolicy.NEVER, inMemory)) {
            StreamLog log = shelf.begin(STREAM);
            for (int i = 0; i < 10; i++) {
                log.append(Shelf.says("x".repeat(400_000)));
            }
            assertEquals(3, log.read(0, 10).entries().size());
            assertEquals(10, Reading.of(log).entries().size());
        }
    }

    @Test
    void aRevocationDeletesTheWordsAndTellsHowMuchItWas() throws IOException {
        try (Shelf shelf = Shelf.open(folder, FsyncPolicy.NEVER, 10)) {
            StreamLog log = shelf.begin(STREAM);
            Shelf.say(log, 100);
            long bytes = Files.size(file());
            TranscriptDeleted deleted = log.revoke(Shelf.revoked()).orElseThrow();
            assertEquals(new TranscriptDeleted(STREAM, Why.REVOKED, 100, bytes, deleted.timestamp()), deleted);
            assertFalse(Files.readString(file()).contains("line"));
            assertEquals(List.of(101L), Reading.of(log).seqs());
            assertEquals(Optional.empty(), log.revoke(Shelf.revoked()), "once is enough");
        }
    }

    @Test
    void aRevocationNeedsNoRoom() throws IOException {
        try (Shelf shelf = Shelf.open(folder)) {
            StreamLog log = shelf.begin(STREAM);
            Shelf.say(log, 20);
            shelf.disk.fullAfter(0);
            assertTrue(log.revoke(Shelf.revoked()).isPresent());
            assertFalse(Files.exists(file()) && Files.readString(file()).contains("line"));
            assertEquals(
                    List.of(new Gap(1, 20, GapCause.REVOKED)), Reading.of(log).gaps());
            shelf.disk.hasRoom();
            log.retry();
        }
        try (Shelf shelf = Shelf.open(folder)) {
            assertTrue(shelf.log(STREAM).isRevoked());
            assertEquals(List.of(21L), Reading.of(shelf.log(STREAM)).seqs());
        }
    }

    @Test
    void aRevocationIsToldOfOnceItIsDone() throws IOException {
        try (Shelf shelf = Shelf.open(folder)) {
            StreamLog log = shelf.begin(STREAM);
            Shelf.say(log, 20);
            shelf.disk.deletesFail = true;
            assertEquals(Optional.empty(), log.revoke(Shelf.revoked()));
            assertEquals(List.of(21L), Reading.of(log).seqs(), "readers get nothing more in any case");
            assertFalse(shelf.state.isOk());
            assertEquals(Optional.empty(), log.retry());
            shelf.disk.deletesFail = false;
            assertEquals(20, log.retry().orElseThrow().entries());
            assertFalse(Files.readString(file()).contains("line"));
            assertEquals(Optional.empty(), log.retry());
        }
    }

    private Path file() {
        return folder.resolve("s.jsonl");
    }
}
