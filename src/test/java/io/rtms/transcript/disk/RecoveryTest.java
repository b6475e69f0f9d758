package io.rtms.transcript.disk;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.rtms.event.StreamState;
import io.rtms.transcript.log.LogEntry;
import io.rtms.transcript.log.Reading;
import io.rtms.transcript.log.StreamLog;
import io.rtms.transcript.log.TranscriptLog.Gap;
import io.rtms.transcript.log.TranscriptLog.GapCause;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is found when the service starts, whatever state it left its files in. */
class RecoveryTest {
    private static final String STREAM = "s";

    @TempDir
    Path folder;

    @Test
    void everythingIsThereAgainAndNumbersGoOn() {
        write(1000);
        try (Shelf shelf = Shelf.open(folder)) {
            StreamLog log = shelf.log(STREAM);
            assertEquals(1, log.firstSeq());
            assertEquals(1000, log.lastSeq());
            assertFalse(log.isLive());
            Reading.of(log).assertLines(1, 1000);
            Shelf.say(log, 10);
            Reading.of(log).assertLines(1, 1010);
        }
        try (Shelf shelf = Shelf.open(folder)) {
            Reading.of(shelf.log(STREAM)).assertLines(1, 1010);
        }
    }

    @Test
    void aStreamIsLiveOnceItIsJoinedAgain() {
        write(3);
        try (Shelf shelf = Shelf.open(folder)) {
            StreamLog log = shelf.log(STREAM);
            assertEquals(4, log.append(Shelf.is(StreamState.JOINING)));
            assertTrue(log.isLive());
        }
    }

    /** Some lines were told and had not reached the disk: a reader that had them must not take what comes next for them. */
    @Test
    void noNumberIsGivenTwiceAfterTheMachineWentDown() throws IOException {
        write(5);
        try (Shelf shelf = Shelf.open(folder)) {
            StreamLog ended = shelf.begin("ended");
            Shelf.say(ended, 5);
            ended.append(Shelf.is(StreamState.ENDED));
        }
        Files.writeString(folder.resolve(".lock"), "an earlier run");
        for (int start = 0; start < 2; start++) {
            try (Shelf shelf = Shelf.open(folder)) {
                StreamLog log = shelf.log(STREAM);
                assertEquals(10_005, log.lastSeq());
                assertEquals(
                        List.of(new Gap(6, 10_005, GapCause.CRASHED)),
                        Reading.of(log).gaps());
                assertEquals(List.of(1L, 2L, 3L, 4L, 5L), Reading.of(log).seqs());
                assertEquals(6, shelf.log("ended").lastSeq(), "nothing follows its end");
            }
        }
        try (Shelf shelf = Shelf.open(folder)) {
            StreamLog log = shelf.log(STREAM);
            assertEquals(0, log.append(Shelf.says("line 5")), "what was told last is still known");
            Shelf.say(log, 2);
            assertEquals(
                    List.of(10_006L, 10_007L),
                    log.read(8, 10).entries().stream().map(LogEntry::seq).toList());
        }
    }

    @Test
    void whatWasToldWhileTheDiskWasFullIsNoNumberForOthers() {
        try (Shelf shelf = Shelf.open(folder)) {
            StreamLog log = shelf.begin(STREAM);
            Shelf.say(log, 5);
            shelf.disk.fullAfter(0);
            Shelf.say(log, 5);
        }
        try (Shelf shelf = Shelf.open(folder)) {
            StreamLog log = shelf.log(STREAM);
            Shelf.say(log, 1);
            assertEquals(
                    List.of(new Gap(6, 10_005, GapCause.CRASHED)),
                    Reading.of(log).gaps());
            assertEquals(10_006, log.lastSeq());
        }
    }

    /** Also where the disk refuses to note that: it is tried again with what comes next. */
    @Test
    void numbersAreLeftOutThoughTheDiskIsStillFull() throws IOException {
        write(5);
        Files.writeString(folder.resolve(".lock"), "behind");
        FaultyDisk full = new FaultyDisk();
        full.fullAfter(0);
        try (Shelf shelf = Shelf.open(folder, full)) {
            StreamLog log = shelf.log(STREAM);
            assertEquals(10_005, log.lastSeq());
            assertEquals(5, log.lastEntry());
            Shelf.say(log, 2);
            assertEquals(
                    List.of(1L, 2L, 3L, 4L, 5L, 10_006L, 10_007L),
                    Reading.of(log).seqs());
            full.hasRoom();
            log.retry();
            assertTrue(shelf.state.isOk());
        }
        try (Shelf shelf = Shelf.open(folder)) {
            assertEquals(10_007, shelf.log(STREAM).lastSeq());
            assertEquals(7, Reading.of(shelf.log(STREAM)).entries().size());
        }
    }

    /** An interrupt closes the channel that somebody writes to, and with it goes the lock. */
    @Test
    void anInterruptedWriterKeepsTheFolder() {
        try (Shelf shelf = Shelf.open(folder)) {
            StreamLog log = shelf.begin(STREAM);
            shelf.disk.fullAfter(0);
            Thread.currentThread().interrupt();
            Shelf.say(log, 1);
            assertTrue(Thread.interrupted());
            try (Shelf other = Shelf.open(folder)) {
                assertFalse(other.state.isOk(), "the folder is in use");
            }
        }
    }

    @Test
    void theFolderTellsInWhichRunOfTheMachineItIsInUse() throws IOException {
        Path mark = folder.resolve(".lock");
        try (Shelf shelf = Shelf.open(folder)) {
            assertEquals(shelf.disk.run, Files.readString(mark));
            Shelf.say(shelf.begin(STREAM), 1);
        }
        assertEquals("", Files.readString(mark), "all was written");
        try (Shelf shelf = Shelf.open(folder)) {
            StreamLog log = shelf.begin("t");
            shelf.disk.fullAfter(0);
            Shelf.say(log, 1);
            assertEquals("behind", Files.readString(mark));
            shelf.disk.hasRoom();
            log.retry();
            assertEquals(shelf.disk.run, Files.readString(mark));
            shelf.disk.fullAfter(0);
            Shelf.say(log, 1);
        }
        assertEquals("behind", Files.readString(mark));
    }

    @Test
    void aTornLastLineIsCutOffWhereverItWasTorn() throws IOException {
        write(5);
        byte[] whole = Files.readAllBytes(file());
        int lastLine = startOfLastLine(whole);
        for (int length = lastLine; length < whole.length; length++) {
            Files.write(file(), Arrays.copyOf(whole, length));
            try (Shelf shelf = Shelf.open(folder)) {
                StreamLog log = shelf.log(STREAM);
                Reading.of(log).assertLines(1, 4);
                assertEquals(lastLine, Files.size(file()));
                Shelf.say(log, 2);
                Reading.of(log).assertLines(1, 6);
            }
            try (Shelf shelf = Shelf.open(folder)) {
                Reading.of(shelf.log(STREAM)).assertLines(1, 6);
            }
            assertFalse(Files.exists(damaged()), "a torn line is no damage");
        }
    }

    @Test
    void aFileThatBrokeOffInItsFirstLineIsNoLog() throws IOException {
        write(1);
        byte[] whole = Files.readAllBytes(file());
        for (int length = 0; length < whole.length; length++) {
            Files.write(file(), Arrays.copyOf(whole, length));
            try (Shelf shelf = Shelf.open(folder)) {
                assertEquals(Set.of(), shelf.found.keySet());
                assertFalse(Files.exists(file()));
                StreamLog log = shelf.begin(STREAM);
                Shelf.say(log, 1);
            }
            assertArrayEquals(whole, Files.readAllBytes(file()));
        }
    }

    /** Whatever a disk does to some bytes: what is told is true, what is missing is told, and the file is in order afterwards. */
    @Test
    void damageCostsOnlyTheLinesThatItHit() throws IOException {
        write(40);
        byte[] whole = Files.readAllBytes(file());
        Random random = new Random(4711);
        for (int round = 0; round < 500; round++) {
            byte[] bytes = whole.clone();
            int flips = 1 + random.nextInt(4);
            for (int i = 0; i < flips; i++) {
                bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
            }
            Files.write(file(), bytes);
            Files.deleteIfExists(damaged());
            Reading first;
            try (Shelf shelf = Shelf.open(folder)) {
                StreamLog log = shelf.log(STREAM);
                first = Reading.of(log);
                first.entries()
                        .forEach(entry ->
                                assertTrue(entry.json().contains("\"line " + entry.seq() + "\""), entry.json()));
                // A flipped line end takes the line after it along.
                assertTrue(first.entries().size() >= 40 - 2 * flips, "round " + round + " kept " + first.seqs());
                assertTrue(log.lastSeq() >= 40 - 2 * flips, "round " + round);
            }
            try (Shelf shelf = Shelf.open(folder)) {
                assertEquals(first, Reading.of(shelf.log(STREAM)), "round " + round + ": a repaired file is in order");
            }
        }
    }

    @Test
    void damagedLinesAreMovedAsideAndReportedAsAGap() throws IOException {
        write(10);
        List<String> lines = new ArrayList<>(Files.readAllLines(file()));
        String hit = lines.get(3).replace("line 4", "LINE 4");
        lines.set(3, hit);
        Files.writeString(file(), String.join("\n", lines) + "\n");
        try (Shelf shelf = Shelf.open(folder)) {
            StreamLog log = shelf.log(STREAM);
            Reading reading = Reading.of(log);
            assertEquals(List.of(new Gap(4, 4, GapCause.LOST)), reading.gaps());
            assertEquals(List.of(1L, 2L, 3L, 5L, 6L, 7L, 8L, 9L, 10L), reading.seqs());
            assertEquals(9, reading.entries().size());
        }
        assertEquals(hit + "\n", Files.readString(damaged()));
    }

    @Test
    void numbersOfDamagedLastLinesAreNotGivenAgain() throws IOException {
        write(10);
        String whole = Files.readString(file());
        Files.writeString(file(), whole.replace("line 9", "LINE 9").replace("line 10", "LINE 10"));
        try (Shelf shelf = Shelf.open(folder)) {
            StreamLog log = shelf.log(STREAM);
            assertEquals(10, log.lastSeq(), "readers may have seen them");
            Shelf.say(log, 1);
            assertEquals(List.of(new Gap(9, 10, GapCause.LOST)), Reading.of(log).gaps());
        }
    }

    @Test
    void lineTwiceOrOfAnotherStreamIsDamage() throws IOException {
        write(3);
        String line = Files.readAllLines(file()).get(1);
        byte[] other = LineSeal.seal("{\"type\":\"chat\",\"streamId\":\"other\",\"seq\":4,\"ts\":1}");
        Files.writeString(file(), Files.readString(file()) + line + "\n" + new String(other, StandardCharsets.UTF_8));
        try (Shelf shelf = Shelf.open(folder)) {
            Reading reading = Reading.of(shelf.log(STREAM));
            assertEquals(List.of(1L, 2L, 3L), reading.seqs());
            assertEquals(List.of(new Gap(4, 5, GapCause.LOST)), reading.gaps());
        }
    }

    @Test
    void aFileOfRubbishIsMovedAsideAndItsStreamBeginsAnew() throws IOException {
        Files.createDirectories(folder);
        Files.writeString(file(), "\0\0\0\0\n{}\n[]\n{\"seq\":1,\"crc\":\"00000000\"}\n");
        try (Shelf shelf = Shelf.open(folder)) {
            assertEquals(Set.of(), shelf.found.keySet());
            assertTrue(shelf.state.isOk());
            Shelf.say(shelf.begin(STREAM), 2);
        }
        assertTrue(Files.exists(damaged()));
        try (Shelf shelf = Shelf.open(folder)) {
            Reading.of(shelf.log(STREAM)).assertLines(1, 2);
        }
    }

    @Test
    void aFileUnderAnotherNameIsLeftAlone() throws IOException {
        write(3);
        Path copy = folder.resolve("copy.jsonl");
        Files.copy(file(), copy);
        byte[] before = Files.readAllBytes(copy);
        try (Shelf shelf = Shelf.open(folder)) {
            assertEquals(Set.of(STREAM), shelf.found.keySet());
        }
        assertArrayEquals(before, Files.readAllBytes(copy));
    }

    @Test
    void aRevocationOutlivesARestartAndLateLinesDoNotBringTheTextBack() throws IOException {
        try (Shelf shelf = Shelf.open(folder)) {
            StreamLog log = shelf.begin(STREAM);
            Shelf.say(log, 20);
            Files.writeString(damaged(), "line 99");
            log.revoke(Shelf.revoked());
        }
        assertFalse(Files.readString(file()).contains("line"), "the words are gone from the file");
        assertFalse(Files.exists(damaged()));
        for (int restart = 0; restart < 2; restart++) {
            try (Shelf shelf = Shelf.open(folder)) {
                StreamLog log = shelf.log(STREAM);
                assertEquals(0, log.append(Shelf.says("too late")));
                Reading reading = Reading.of(log);
                assertEquals(List.of(new Gap(1, 20, GapCause.REVOKED)), reading.gaps());
                assertEquals(List.of(21L), reading.seqs());
                assertTrue(reading.entries().getFirst().json().contains("STREAM_REVOKED"));
            }
        }
    }

    @Test
    void aRevocationStaysOneWhenHalfOfItIsDamaged() throws IOException {
        try (Shelf shelf = Shelf.open(folder)) {
            StreamLog log = shelf.begin(STREAM);
            Shelf.say(log, 20);
            log.revoke(Shelf.revoked());
        }
        List<String> lines = Files.readAllLines(file());
        assertEquals(2, lines.size());
        for (int broken = 0; broken < 2; broken++) {
            List<String> damaged = new ArrayList<>(lines);
            damaged.set(broken, lines.get(broken).replace("\"ts\"", "\"TS\"").replace("gap", "GAP"));
            Files.writeString(file(), String.join("\n", damaged) + "\n");
            try (Shelf shelf = Shelf.open(folder)) {
                assertTrue(shelf.log(STREAM).isRevoked());
            }
        }
    }

    @Test
    void ageCountsFromTheLastEntry() throws IOException {
        write(3);
        Files.setLastModifiedTime(file(), FileTime.fromMillis(1_700_000_000_000L));
        try (Shelf shelf = Shelf.open(folder)) {
            assertEquals(1_700_000_000_000L, shelf.log(STREAM).touchedAt());
        }
    }

    @Test
    void oneProcessAtATimeHasTheFolder() {
        try (Shelf first = Shelf.open(folder)) {
            Shelf.say(first.begin(STREAM), 3);
            try (Shelf second = Shelf.open(folder)) {
                assertFalse(second.state.isOk());
                StreamLog log = second.begin(STREAM);
                Shelf.say(log, 2);
                Reading.of(log).assertLines(1, 2);
            }
        }
        try (Shelf next = Shelf.open(folder)) {
            Reading.of(next.log(STREAM)).assertLines(1, 3);
        }
    }

    private void write(int lines) {
        try (Shelf shelf = Shelf.open(folder)) {
            Shelf.say(shelf.begin(STREAM), lines);
        }
    }

    private static int startOfLastLine(byte[] file) {
        int at = file.length - 1;
        while (file[at - 1] != '\n') {
            at--;
        }
        return at;
    }

    private Path file() {
        return folder.resolve("s.jsonl");
    }

    private Path damaged() {
        return folder.resolve("s.corrupt");
    }
}
