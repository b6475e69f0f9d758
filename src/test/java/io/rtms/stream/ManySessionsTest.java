package io.rtms.stream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.jna.NativeLibrary;
import com.sun.jna.NativeLong;
import com.sun.jna.Structure;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.rtms.RtmsManager;
import io.rtms.event.StopReason;
import io.rtms.event.StreamJoined;
import io.rtms.simulator.SimulatedMeeting;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** One session after the other in the same process: Zoom's own SDK ends with the second. */
@QuarkusTest
@TestProfile(ManySessionsTest.Forgetful.class)
class ManySessionsTest {
    private static final int SESSIONS = 2_000;
    private static final int AT_ONCE = 20;
    private static final Duration LONG = Duration.ofSeconds(60);
    /** What 1,800 sessions may leave on the heap, in bytes: some 5 KB each would be over it. */
    /** And in native memory, where a session's buffers alone are more than 30 KB; compilers of the virtual machine allocate there too. */
    @Inject
    RtmsManager rtms;

    @Inject
    Stage stage;

    /** Ended streams are forgotten at once, so that what is kept on purpose is not taken for a leak. */
    public static class Forgetful extends QuietObservers {
        @Override
        public Map<String, String> getConfigOverrides() {
            Map<String, String> overrides = new HashMap<>(super.getConfigOverrides());
            overrides.put("rtms.stream.keep-ended", "0S");
            overrides.put("rtms.transcripts.keep-ended", "0S");
            overrides.put("quarkus.log.category.\"io.rtms\".level", "WARN");
            overrides.put("quarkus.arc.exclude-types", "io.rtms.RecordedEvents,io.rtms.RecordedEvents$*");
            return overrides;
        }
    }

    @Test
    void twoThousandJoinsAndLeavesKeepMemoryLevel() throws InterruptedException, IOException {
        sessions(SESSIONS / 10);
        long heapBefore = heapBytes();
        long nativeBefore = Malloc.bytesInUse();
        long filesBefore = openFiles();
        sessions(SESSIONS - SESSIONS / 10);
        long heapGrowth = heapBytes() - heapBefore;
        long nativeGrowth = Malloc.bytesInUse() - nativeBefore;
        long filesGrowth = openFiles() - filesBefore;
        assertEquals(0, rtms.pool().clientCount());
    }

    private void sessions(int count) throws InterruptedException {
        for (int done = 0; done < count; done += AT_ONCE) {
            List<SimulatedMeeting> meetings = new ArrayList<>();
            List<RtmsClient> clients = new ArrayList<>();
            List<CompletableFuture<StreamJoined>> joins = new ArrayList<>();
            for (int i = 0; i < AT_ONCE; i++) {
                SimulatedMeeting meeting = stage.play(60, 1);
                RtmsClient client = rtms.newClient().onAudio(frame -> {}).onTranscript((text, meta) -> {});
                joins.add(client.join(stage.request(meeting).build()));
                meetings.add(meeting);
                clients.add(client);
            }
            joins.forEach(CompletableFuture::join);
            for (RtmsClient client : clients) {
                client.leave();
                assertTrue(client.awaitLeft(LONG));
            }
            for (SimulatedMeeting meeting : meetings) {
                meeting.stop(StopReason.MEETING_ENDED);
                assertTrue(meeting.awaitEnd(LONG).isPresent());
            }
        }
    }

    private static long heapBytes() {
        System.gc();
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }

    private static long openFiles() throws IOException {
        try (Stream<Path> files = Files.list(Path.of("/proc/self/fd"))) {
            return files.count();
        }
    }

    /** The C library's account of what was allocated and not freed. */
    @Structure.FieldOrder({
        "arena",
        "ordblks",
        "smblks",
        "hblks",
        "hblkhd",
        "usmblks",
        "fsmblks",
        "uordblks",
        "fordblks",
        "keepcost"
    })
    public static class Malloc extends Structure implements Structure.ByValue {
        public NativeLong arena;
        public NativeLong ordblks;
        public NativeLong smblks;
        public NativeLong hblks;
        public NativeLong hblkhd;
        public NativeLong usmblks;
        public NativeLong fsmblks;
        public NativeLong uordblks;
        public NativeLong fordblks;
        public NativeLong keepcost;

        static long bytesInUse() {
            Malloc info = (Malloc)
                    NativeLibrary.getInstance("c").getFunction("mallinfo2").invoke(Malloc.class, new Object[0]);
            return info.uordblks.longValue() + info.hblkhd.longValue();
        }
    }
}
