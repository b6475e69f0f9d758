package io.rtms.soak;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.rtms.Service;
import io.rtms.Turns;
import io.rtms.simulator.PlayOptions;
import io.rtms.simulator.SimulatedMeeting;
import io.rtms.simulator.SimulatedZoom;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * The packaged service with Zoom's engine on its stand-in: every twenty seconds for five minutes one of four workers is ended by SIGSEGV, while twenty
 * meetings go on. The simulated Zoom is in this process. Figures go to {@code target/soak/crashes.txt}; {@code -Drtms.soak.engine=builtin} has the other
 * engine, {@code -Drtms.soak.seconds} another time.
 */
class WorkerCrashIT {
    private static final Path RESULT = Path.of("target", "soak", "crashes.txt");
    private static final Path STUB = Path.of("target", "native-library", "zoom-stub");
    private static final Duration BETWEEN = Duration.ofSeconds(20);
    private static final int WORKERS = 4;
    private static final int MEETINGS = 20;
    private static final Pattern RESTARTED = Pattern.compile("its process was started again, .* after (\\d+) ms");

    private final String engine = System.getProperty("rtms.soak.engine", "zoom");
    private final int seconds = Integer.getInteger("rtms.soak.seconds", 300);
    private int port;
    private SoakClient client;

    @Test
    void transcriptsAreWholeButForWhatWasInTheCrashedProcess() throws Exception {
        Files.createDirectories(RESULT.getParent());
        port = Service.freePort();
        client = new SoakClient(port);
        try (SimulatedZoom zoom = new SimulatedZoom("webhook-url", "http://localhost:" + port + "/webhook");
                Service service = Service.start(configuration())) {
            service.port();
            long pid = service.pid();
            List<SimulatedMeeting> meetings = IntStream.range(0, MEETINGS)
                    .mapToObj(i -> zoom.simulator().play(Turns.script(seconds), PlayOptions.defaults()))
                    .toList();
            int crashes = crashAgainAndAgain();
            report(meetings, crashes, service);
            assertEquals(pid, service.pid());
            assertTrue(ProcessHandle.of(pid).isPresent(), "the service's own process goes on");
        }
    }

    private int crashAgainAndAgain() throws Exception {
        long end = System.nanoTime() + Duration.ofSeconds(seconds).minus(BETWEEN).toNanos();
        int crashes = 0;
        while (System.nanoTime() < end) {
            Thread.sleep(BETWEEN);
            JsonNode loops = client.json("/api/loops");
            String worker = loops.get(crashes % WORKERS).path("process").asText();
            assertEquals(0, new ProcessBuilder("kill", "-SEGV", worker).start().waitFor());
            crashes++;
        }
        return crashes;
    }

    private void report(List<SimulatedMeeting> meetings, int crashes, Service service) throws Exception {
        int sent = 0;
        int missing = 0;
        int doubled = 0;
        int unordered = 0;
        List<String> neverSent = new ArrayList<>();
        for (SimulatedMeeting meeting : meetings) {
            assertTrue(meeting.awaitEnd(Duration.ofSeconds(60)).isPresent());
            List<String> expected = meeting.ledger().textsSent();
            List<String> told = textsAfterEnd(meeting.streamId());
            List<String> absent = new ArrayList<>(expected);
            absent.removeAll(told);
            neverSent.addAll(meeting.ledger().textsLost());
            sent += expected.size();
            missing += absent.size();
            doubled += told.size() - (int) told.stream().distinct().count();
            unordered += told.stream().filter(expected::contains).toList().equals(
                            expected.stream().filter(told::contains).toList())
                    ? 0
                    : 1;
        }
        List<Integer> restarts = service.log().stream()
                .map(RESTARTED::matcher)
                .filter(Matcher::find)
                .map(found -> Integer.parseInt(found.group(1)))
                .sorted()
                .toList();
        String text = "engine %s, %d meetings, %d workers, %d crashes in %d s%n"
                        .formatted(engine, MEETINGS, WORKERS, crashes, seconds)
                + "lines sent %d, never sent %d, missing %d, doubled %d, meetings out of order %d%n"
                        .formatted(sent, neverSent.size(), missing, doubled, unordered)
                + "restarts %d, ms: %s%n".formatted(restarts.size(), restarts);
        Files.writeString(RESULT, text);
        System.out.println(text);
        assertEquals(crashes, restarts.size());
        assertEquals(0, doubled);
        assertEquals(0, unordered);
        // Five meetings on each worker, a line a second: at most what was on its way to it.
        assertTrue(missing <= crashes, "missing " + missing);
    }

    private List<String> textsAfterEnd(String streamId) throws Exception {
        for (int i = 0; i < 60; i++) {
            List<JsonNode> entries = client.entries(streamId);
            boolean ended = entries.stream()
                    .anyMatch(entry -> entry.path("state").asText().equals("ended"));
            if (ended) {
                return entries.stream()
                        .filter(entry -> entry.path("type").asText().equals("transcript"))
                        .map(entry -> entry.path("text").asText())
                        .toList();
            }
            Thread.sleep(500);
        }
        throw new AssertionError(streamId + " has no end");
    }

    private Map<String, String> configuration() {
        Map<String, String> configuration = new HashMap<>(SimulatedZoom.credentials());
        configuration.putAll(Map.of(
                "quarkus.http.port", Integer.toString(port),
                "rtms.simulator.enabled", "true",
                "rtms.simulator.autoplay", "false",
                "rtms.access.tokens", SoakClient.TOKEN,
                "rtms.engine", engine,
                "rtms.engine.isolation", "process",
                "rtms.native.dir", STUB.toAbsolutePath().toString(),
                "rtms.loop.threads", Integer.toString(WORKERS),
                "rtms.loop.strategy", "round_robin",
                "rtms.transcripts.dir", RESULT.resolveSibling("crash-transcripts").toAbsolutePath().toString()));
        return configuration;
    }
}
