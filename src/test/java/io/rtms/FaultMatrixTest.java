package io.rtms;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.rtms.event.AudioData;
import io.rtms.event.StatusCode;
import io.rtms.event.StopReason;
import io.rtms.event.StreamState;
import io.rtms.media.MediaType;
import io.rtms.simulator.PlayOptions;
import io.rtms.simulator.SimulatedMeeting;
import io.rtms.simulator.Simulator;
import io.rtms.simulator.fault.Ending;
import io.rtms.simulator.fault.Fault;
import io.rtms.simulator.fault.Moment;
import io.rtms.simulator.fault.Notice;
import io.rtms.simulator.fault.On;
import io.rtms.simulator.fault.Refusal;
import io.rtms.simulator.fault.WebhookKind;
import io.rtms.simulator.script.MeetingScript;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Every fault at every moment: how the stream ends, and that no line is missing or doubled but for those that were never sent. What came of
 * each is written to {@code target/fault-matrix-*.csv}.
 */
@QuarkusTest
@TestProfile(FaultMatrixTest.Quick.class)
class FaultMatrixTest {
    private static final int LINES = 60;
    private static final int AT_ONCE = 40;
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private static final MeetingScript SCRIPT = Turns.script(LINES);
    private static final Map<String, Fault> FAULTS = faults();

    @Inject
    Simulator simulator;

    @Inject
    RtmsManager manager;

    @Inject
    RecordedEvents recorded;

    /** What came of one fault at one moment. */
    private record Result(
            String fault,
            Moment moment,
            StreamState state,
            String cause,
            int attempts,
            long millis,
            int sent,
            int lost,
            List<String> missing,
            List<String> doubled,
            boolean inOrder,
            long audioMissing,
            boolean audioInOrder) {
        static final String HEADER =
                "fault,moment,state,cause,attempts,millis,lines sent,lines never sent,missing,doubled,audio frames missing\n";

        String csv() {
            return "%s,%s,%s,%s,%d,%d,%d,%d,%d,%d,%d%n"
                    .formatted(
                            fault,
                            moment,
                            state,
                            cause,
                            attempts,
                            millis,
                            sent,
                            lost,
                            missing.size(),
                            doubled.size(),
                            audioMissing);
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = Moment.class,
            names = {"SIGNALING_HANDSHAKE", "MEDIA_HANDSHAKE", "LIVE", "LEAVING"})
    void nothingIsLostAndNothingDoubled(Moment moment) throws Exception {
        List<Result> results = new ArrayList<>();
        try (ExecutorService players = Executors.newFixedThreadPool(AT_ONCE)) {
            List<Callable<Result>> plays = FAULTS.keySet().stream()
                    .<Callable<Result>>map(fault -> () -> play(fault, moment))
                    .toList();
            for (Future<Result> result : players.invokeAll(plays)) {
                results.add(result.get());
            }
        }
        write("target/fault-matrix-%s.csv".formatted(moment), results);
        assertAll(results.stream().map(result -> () -> check(result)));
    }

    @Test
    void everyMeetingOutlivesARestartOfAllServers() throws Exception {
        List<SimulatedMeeting> meetings = IntStream.range(0, 5)
                .mapToObj(i -> simulator.play(SCRIPT, options()))
                .toList();
        meetings.forEach(meeting -> awaitLines(meeting, 10));
        simulator.restartGateway(Duration.ofSeconds(1), true);
        for (SimulatedMeeting meeting : meetings) {
            Result result = result("RestartGateway", Moment.LIVE, meeting, System.nanoTime());
            assertEquals(StreamState.ENDED, result.state(), result::cause);
            assertEquals(List.of(List.of(), List.of()), List.of(result.missing(), result.doubled()), result::toString);
        }
    }

    private Result play(String name, Moment moment) {
        Fault fault = FAULTS.get(name);
        boolean atHandshake = moment == Moment.SIGNALING_HANDSHAKE || moment == Moment.MEDIA_HANDSHAKE;
        SimulatedMeeting meeting =
                simulator.play(SCRIPT, atHandshake ? options().withFault(moment, fault) : options());
        long start = System.nanoTime();
        if (!atHandshake) {
            awaitLines(meeting, 10);
        }
        if (moment == Moment.LIVE) {
            meeting.apply(fault);
        } else if (moment == Moment.LEAVING) {
            meeting.arm(moment, fault);
            manager.stream(meeting.streamId()).orElseThrow().leave();
        }
        return result(name, moment, meeting, start);
    }

    private Result result(String name, Moment moment, SimulatedMeeting meeting, long start) {
        String id = meeting.streamId();
        await(name + " at " + moment).atMost(PATIENCE).until(() -> recorded.isOver(id));
        long millis = (System.nanoTime() - start) / 1_000_000;
        meeting.stop(StopReason.MEETING_ENDED); // where it was left or given up
        List<String> sent = meeting.ledger().textsSent();
        List<String> lines = recorded.lines(id).stream()
                .map(line -> line.substring(line.indexOf(": ") + 2))
                .filter(line -> line.startsWith("line ")) // faults say things of their own
                .toList();
        List<String> missing = new ArrayList<>(sent);
        missing.removeAll(lines);
        List<String> doubled = new ArrayList<>(lines);
        lines.stream().distinct().forEach(doubled::remove);
        List<String> sorted =
                lines.stream().sorted((a, b) -> number(a) - number(b)).toList();
        return new Result(
                name,
                moment,
                recorded.states(id).getLast().state(),
                recorded.states(id).getLast().cause().name(),
                manager.stream(id).orElseThrow().snapshot().attempts(),
                millis,
                sent.size(),
                meeting.ledger().textsLost().size(),
                missing,
                doubled,
                sorted.equals(lines),
                meeting.ledger().audio().frames() - audio(id).size(),
                isInOrder(audio(id)));
    }

    private List<AudioData> audio(String streamId) {
        return recorded.of(streamId, AudioData.class).stream()
                .filter(frame -> frame.size() > 0) // faults send empty ones
                .toList();
    }

    /** Whether each speaker's frames come once, the earlier before the later. */
    private static boolean isInOrder(List<AudioData> frames) {
        Map<Long, Long> last = new HashMap<>();
        return frames.stream().allMatch(frame -> {
            Long before = last.put(frame.participant().id(), frame.timestamp());
            return before == null || before < frame.timestamp();
        });
    }

    private static void check(Result result) {
        boolean leaves = result.moment() == Moment.LEAVING;
        String about = result.toString();
        assertEquals(List.of(), result.doubled(), about);
        assertTrue(result.inOrder(), about);
        assertTrue(result.audioInOrder(), about);
        if (leaves) {
            assertEquals(StreamState.ENDED, result.state(), about);
        } else if (isFatal(result)) {
            assertTrue(result.state().isFinal(), about);
        } else {
            assertEquals(StreamState.ENDED, result.state(), about);
            assertEquals("MEETING_ENDED", result.cause(), about);
            assertEquals(List.of(), result.missing(), about);
            assertEquals(LINES, result.sent(), about);
            assertEquals(0, result.audioMissing(), about);
        }
    }

    /** What Zoom means to be the end. */
    private static boolean isFatal(Result result) {
        return result.fault().startsWith("ExpireWindow")
                || result.fault().equals("Refusal signaling INVALID_SIGNATURE")
                        && result.moment() == Moment.SIGNALING_HANDSHAKE
                || result.fault().equals("Refusal media MEDIA_TYPE_INVALID_VALUE") && result.moment() != Moment.LIVE;
    }

    private void awaitLines(SimulatedMeeting meeting, int count) {
        await().atMost(PATIENCE).until(() -> recorded.lines(meeting.streamId()).size() >= count);
    }

    private static PlayOptions options() {
        return PlayOptions.defaults().withSpeed(10).withKeptTranscripts(true).withOverlap(Duration.ofSeconds(5));
    }

    private static int number(String line) {
        return Integer.parseInt(line.substring(line.lastIndexOf(' ') + 1));
    }

    private static Map<String, Fault> faults() {
        Map<String, Fault> faults = new LinkedHashMap<>();
        for (Ending how : Ending.values()) {
            faults.put("DropSignaling " + how, new Fault.DropSignaling(how, Notice.USUAL));
            faults.put("DropSignaling untold " + how, new Fault.DropSignaling(how, Notice.NONE));
        }
        faults.put(
                "DropSignaling with URLs",
                new Fault.DropSignaling(Ending.CLOSE_1011, new Notice(true, true, Duration.ofMillis(100))));
        for (Fault.Told told : Fault.Told.values()) {
            faults.put("DropMedia " + told, new Fault.DropMedia(MediaType.TRANSCRIPT, Ending.CLOSE_1000, told));
        }
        faults.put("DropMedia reset", new Fault.DropMedia(MediaType.TRANSCRIPT, Ending.RESET, Fault.Told.NOTHING));
        for (Fault.OldServers old : Fault.OldServers.values()) {
            faults.put("FailOver " + old, new Fault.FailOver(old, Duration.ofMillis(100)));
        }
        for (Fault.Depth how : Fault.Depth.values()) {
            for (On on : List.of(On.SIGNALING, On.TRANSCRIPT, On.ALL)) {
                faults.put("Silence %s %s".formatted(on, how), new Fault.Silence(on, how));
            }
        }
        faults.put("KeepAlives none", new Fault.KeepAlives(On.ALL, Duration.ZERO));
        faults.put("KeepAlives slow", new Fault.KeepAlives(On.ALL, Duration.ofSeconds(2)));
        for (Fault.Then then : Fault.Then.values()) {
            faults.put("CutMessage signaling " + then, new Fault.CutMessage(On.SIGNALING, then));
            faults.put("CutMessage transcript " + then, new Fault.CutMessage(On.TRANSCRIPT, then));
        }
        for (Fault.Form form : Fault.Form.values()) {
            faults.put("Malformed " + form, new Fault.Malformed(On.ALL, form));
        }
        faults.put("HugeMessage", new Fault.HugeMessage(On.TRANSCRIPT));
        Arrays.stream(Fault.Door.values())
                .forEach(door -> faults.put("Unreachable " + door, new Fault.Unreachable(door)));
        faults.put(
                "Refusal signaling 8",
                Refusal.of(Refusal.Request.SIGNALING_HANDSHAKE, StatusCode.DUPLICATE_SIGNAL_REQUEST)
                        .times(2));
        faults.put(
                "Refusal signaling 45",
                Refusal.of(Refusal.Request.SIGNALING_HANDSHAKE, StatusCode.INTERNAL_EXCEPTION)
                        .times(2));
        faults.put(
                "Refusal signaling INVALID_SIGNATURE",
                Refusal.of(Refusal.Request.SIGNALING_HANDSHAKE, StatusCode.INVALID_SIGNATURE)
                        .times(1));
        faults.put(
                "Refusal media 16",
                Refusal.of(MediaType.TRANSCRIPT, StatusCode.DUPLICATE_MEDIA_DATA_CONNECTION)
                        .times(2));
        faults.put(
                "Refusal media MEDIA_TYPE_INVALID_VALUE",
                Refusal.of(MediaType.TRANSCRIPT, StatusCode.MEDIA_TYPE_INVALID_VALUE)
                        .times(1));
        faults.put("RepeatWebhook", new Fault.RepeatWebhook(WebhookKind.STARTED, 20));
        faults.put("ExpireWindow", new Fault.ExpireWindow());
        for (Fault.Terminated terminated : Fault.Terminated.values()) {
            for (Fault.Stopped stopped : Fault.Stopped.values()) {
                faults.put(
                        "OddEnding %s %s".formatted(terminated, stopped),
                        new Fault.OddEnding(true, terminated, stopped, Duration.ofMillis(300)));
            }
        }
        return faults;
    }

    private static void write(String file, List<Result> results) throws IOException {
        StringBuilder csv = new StringBuilder(Result.HEADER);
        results.forEach(result -> csv.append(result.csv()));
        Files.writeString(Path.of(file), csv);
    }

    /** Time-outs and pauses short enough to see their end, still longer than two busy processors take. */
    public static class Quick implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.ofEntries(
                    Map.entry("rtms.stream.connect-timeout", "2S"),
                    Map.entry("rtms.stream.handshake-timeout", "2S"),
                    Map.entry("rtms.stream.keep-alive-timeout", "2S"),
                    Map.entry("rtms.stream.backoff-first", "200MS"),
                    Map.entry("rtms.stream.backoff-most", "1S"),
                    Map.entry("rtms.stream.give-up-after", "20S"),
                    Map.entry("rtms.stream.media-window", "4S"),
                    Map.entry("rtms.stream.linger", "10S"), // the simulator may be late: it plays forty meetings here
                    Map.entry("rtms.simulator.keep-alive-interval", "500MS"),
                    Map.entry("rtms.simulator.handshake-timeout", "5S"));
        }
    }
}
