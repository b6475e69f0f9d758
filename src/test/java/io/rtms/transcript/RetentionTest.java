package io.rtms.transcript;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.rtms.event.StreamState;
import io.rtms.event.TranscriptDeleted.Why;
import io.rtms.transcript.disk.Retention;
import io.rtms.transcript.disk.Shelf;
import io.rtms.transcript.log.MemoryBudget;
import io.rtms.transcript.log.Reading;
import io.rtms.transcript.log.StreamLog;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which transcripts go, and when. */
class RetentionTest {
    private static final MemoryBudget MEMORY = new MemoryBudget(Long.MAX_VALUE);

    @TempDir
    Path folder;

    /** Its stream may be joined again, in this moment. */
    @Test
    void whatIsOldGoesAfterARestartButNotAtOnceWhereItHadNotEnded() throws Exception {
        try (Archives archives = Archives.open(folder, Map.of())) {
            archives.say("ended", 3);
            archives.logs.append("ended", Shelf.is(StreamState.ENDED));
            archives.say("lost", 3);
            archives.say("young", 3);
        }
        age("ended", Duration.ofDays(2));
        age("lost", Duration.ofDays(2));
        age("young", Duration.ofHours(1));
        try (Archives archives = Archives.open(folder, Map.of("keep-ended", "1D"))) {
            archives.awaitTold("ended EXPIRED 4");
            assertEquals(1, archives.deletions(Why.EXPIRED));
            assertEquals(Set.of("young", "lost"), archives.ids());
            retain(archives, Duration.ofMinutes(2), 0);
            assertEquals(List.of(), archives.retired, "not for want of room either");
            retain(archives, Duration.ZERO, Long.MAX_VALUE);
            assertEquals(List.of("lost"), archives.retired);
        }
        assertEquals(Set.of("young.jsonl"), files());
    }

    @Test
    void whatIsJoinedAgainAndEndsHasNoGrace() throws Exception {
        try (Archives archives = Archives.open(folder, Map.of())) {
            archives.say("again", 3);
        }
        try (Archives archives = Archives.open(folder, Map.of("keep-ended", "0S"))) {
            archives.logs.append("again", Shelf.is(StreamState.JOINING));
            archives.logs.append("again", Shelf.is(StreamState.ENDED));
            archives.awaitTold("again EXPIRED 5");
        }
    }

    @Test
    void whatIsLiveStaysWhateverItsAge() throws Exception {
        try (Archives archives = Archives.open(folder, Map.of("keep-ended", "0S"))) {
            archives.say("live", 5);
            archives.say("over", 5);
            archives.logs.append("over", Shelf.is(StreamState.FAILED));
            await().until(() -> archives.ids().equals(Set.of("live")));
            assertEquals(Set.of("live.jsonl"), files());
            archives.awaitTold("over EXPIRED 6");
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void theOldestGoWhenThereIsNoRoomForAll(boolean onDisk) throws Exception {
        Map<String, String> none = onDisk ? Map.of() : Map.of("dir", "");
        try (Archives archives = Archives.open(folder, none)) {
            for (String id : List.of("first", "second", "third")) {
                archives.say(id, 10);
                archives.logs.append(id, Shelf.is(StreamState.ENDED));
                long touched = archives.log(id).touchedAt();
                await().until(() -> System.currentTimeMillis() > touched);
            }
            archives.say("live", 10);
            StreamLog live = archives.log("live");
            long most = 2 * live.bytes() + live.bytes() / 2;
            retain(archives, Duration.ZERO, most);
            assertEquals(List.of("first", "second"), archives.retired);
            retain(archives, Duration.ZERO, most);
            assertEquals(List.of("first", "second"), archives.retired, "there is room now");
        }
    }

    @Test
    void whatIsLeftOfARevokedOneStaysForItsTime() throws Exception {
        try (Archives archives = Archives.open(folder, Map.of())) {
            archives.say("revoked", 10);
            archives.logs.revoke("revoked", Shelf.revoked());
            retain(archives, Duration.ZERO, 0);
            assertEquals(List.of(), archives.retired);
            new Retention(Duration.ZERO, Duration.ZERO, 0, MEMORY, archives::all, archives::retire).run();
            assertEquals(List.of("revoked"), archives.retired);
            assertEquals(0, archives.gauge("rtms.transcripts.memory"));
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void streamsThatAreOverLeaveMemoryToThoseThatGoOn(boolean onDisk) {
        Map<String, String> small = onDisk ? Map.of("max-memory", "20000") : Map.of("max-memory", "20000", "dir", "");
        try (Archives archives = Archives.open(folder, small)) {
            archives.disk.fullAfter(0);
            archives.say("over", 100);
            archives.logs.append("over", Shelf.is(StreamState.ENDED));
            archives.say("live", 100);
            long kept = entriesOf(archives, "live");
            MemoryBudget full = new MemoryBudget(-1);
            new Retention(Duration.ofDays(1), Duration.ZERO, Long.MAX_VALUE, full, archives::all, archives::retire)
                    .run();
            assertEquals(0, entriesOf(archives, "over"));
            assertEquals(kept, entriesOf(archives, "live"));
            archives.say("live", 100);
            assertTrue(archives.gauge("rtms.transcripts.memory") > 15_000, "all for those that go on");
        }
    }

    private static long entriesOf(Archives archives, String id) {
        return Reading.of(archives.log(id)).entries().size();
    }

    @Test
    void damageWithoutAStreamGoesWithAge() throws Exception {
        for (String name : List.of("old.corrupt", "young.corrupt", "half.tmp")) {
            Files.writeString(folder.resolve(name), "rubbish");
        }
        Files.setLastModifiedTime(
                folder.resolve("old.corrupt"),
                FileTime.fromMillis(
                        System.currentTimeMillis() - Duration.ofDays(2).toMillis()));
        Archives.open(folder, Map.of("keep-ended", "1D")).close();
        assertEquals(Set.of("young.corrupt"), files());
    }

    @Test
    void itRunsOftenEnoughForTheTimeThatIsKept() {
        assertEquals(60_000, period(Duration.ofDays(1)));
        assertEquals(1_000, period(Duration.ofSeconds(4)));
        assertEquals(100, period(Duration.ZERO));
    }

    private static void retain(Archives archives, Duration grace, long maxBytes) {
        new Retention(Duration.ofDays(1), grace, maxBytes, MEMORY, archives::all, archives::retire).run();
    }

    private static long period(Duration keep) {
        return new Retention(keep, Duration.ZERO, 0, MEMORY, List::of, (log, why) -> {}).period();
    }

    private void age(String id, Duration age) throws Exception {
        Path file = folder.resolve(id + ".jsonl");
        assertTrue(Files.exists(file));
        Files.setLastModifiedTime(file, FileTime.fromMillis(System.currentTimeMillis() - age.toMillis()));
    }

    private Set<String> files() {
        return Arrays.stream(folder.toFile().list())
                .filter(name -> !name.equals(".lock"))
                .collect(Collectors.toSet());
    }
}
