package io.rtms.soak;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.rtms.Service;
import io.rtms.Turns;
import io.rtms.event.StopReason;
import io.rtms.simulator.ChaosPlan;
import io.rtms.simulator.PlayOptions;
import io.rtms.simulator.SimulatedMeeting;
import io.rtms.simulator.SimulatedZoom;
import io.rtms.simulator.script.MeetingScript;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.ToLongFunction;
import org.junit.jupiter.api.Test;

/**
 * The packaged service under many meetings in which everything goes wrong that can, for a long time: no line is lost or doubled, and what it
 * takes of the machine stays level. The simulated Zoom is in this process, so that the service is measured alone. Figures go to
 * {@code target/soak}.
 */
class SoakIT {
    private static final Path RESULTS = Path.of("target", "soak");
    private static final int LINES = 180;
    private static final Duration BETWEEN_RESTARTS = Duration.ofMinutes(10);
    private static final Duration BETWEEN_SAMPLES = Duration.ofSeconds(5);
    private static final double ALLOWED_GROWTH = 1.15;

    private final SoakSettings settings = SoakSettings.ofSystem();
    private final SoakTally tally = new SoakTally();
    private final long end = System.nanoTime() + settings.time().toNanos();
    private final AtomicInteger begun = new AtomicInteger();
    private int port;
    private SoakClient client;

    @Test
    void meetingsWithChaosLoseNothingAndLeakNothing() throws Exception {
        Files.createDirectories(RESULTS);
        port = Service.freePort();
        client = new SoakClient(port);
        try (SimulatedZoom zoom = new SimulatedZoom("webhook-url", "http://localhost:" + port + "/webhook");
                Service service = Service.start(configuration());
                ExecutorService stages = Executors.newVirtualThreadPerTaskExecutor()) {
            service.port();
            ProcessSamples samples = new ProcessSamples(service.pid());
            for (int i = 0; i < settings.meetings(); i++) {
                stages.submit(() -> playAgainAndAgain(zoom));
                Thread.sleep(100);
            }
            watch(zoom, samples);
            stages.shutdown();
            assertTrue(stages.awaitTermination(30, TimeUnit.MINUTES), "every meeting comes to its end");
            Files.writeString(RESULTS.resolve("samples.csv"), samples.csv());
            report(samples);
            assertLevel(samples);
        }
        assertEquals(List.of(), tally.complaints());
    }

    private void watch(SimulatedZoom zoom, ProcessSamples samples) throws InterruptedException {
        long restart = System.nanoTime() + BETWEEN_RESTARTS.toNanos();
        for (int i = 0; System.nanoTime() < end; i++) {
            ProcessSamples.Sample sample = samples.take();
            if (i % 12 == 0) {
                System.out.printf("%s; %s%n", sample, tally);
            }
            if (System.nanoTime() > restart) {
                zoom.simulator().restartGateway(Duration.ofSeconds(2), true);
                restart += BETWEEN_RESTARTS.toNanos();
            }
            Thread.sleep(BETWEEN_SAMPLES);
        }
    }

    private void playAgainAndAgain(SimulatedZoom zoom) {
        while (System.nanoTime() < end) {
            try {
                play(zoom);
            } catch (InterruptedException e) {
                return;
            } catch (Exception e) {
                tally.complain(e.toString());
            }
        }
    }

    private void play(SimulatedZoom zoom) throws Exception {
        Random random = new Random(settings.seed() * 1_000_003 + begun.incrementAndGet());
        MeetingScript script = Turns.script(LINES);
        ChaosPlan plan = ChaosPlan.draw(random, script, 1, settings.pause());
        SimulatedMeeting meeting =
                zoom.simulator().play(plan.applyTo(script), ChaosPlan.options(PlayOptions.defaults()));
        Optional<StopReason> reason = meeting.awaitEnd(Duration.ofSeconds(LINES + 300));
        List<JsonNode> entries = entriesAfterEnd(meeting.streamId());
        boolean wrong = tally.add(
                meeting.streamId(),
                reason.map(StopReason::name).orElse("STILL_PLAYING") + " " + lastState(entries),
                meeting.ledger().textsSent(),
                meeting.ledger().textsSentAgain().size(),
                meeting.ledger().textsLost().size(),
                meeting.signalingAttempts(),
                entries.stream()
                        .filter(entry -> entry.path("type").asText().equals("transcript"))
                        .map(entry -> entry.path("text").asText())
                        .filter(text -> text.startsWith("line "))
                        .toList());
        if (wrong) {
            writeStory(meeting, plan);
        }
    }

    /** What happened, as the service, the simulated Zoom and the plan tell it. */
    private void writeStory(SimulatedMeeting meeting, ChaosPlan plan) throws Exception {
        StringBuilder story = new StringBuilder();
        plan.faults().forEach(fault -> story.append(fault).append('\n'));
        meeting.ledger().attempts().forEach(attempt -> story.append(attempt).append('\n'));
        meeting.ledger().transcripts().forEach(line -> story.append(line).append('\n'));
        story.append(client.get("/api/streams/%s/timeline".formatted(meeting.streamId())));
        Files.writeString(RESULTS.resolve(meeting.streamId() + ".txt"), story);
    }

    /** Everything that the service has told about a stream, once it has told of its end. */
    private List<JsonNode> entriesAfterEnd(String streamId) throws Exception {
        List<JsonNode> entries = List.of();
        for (int i = 0; i < 60; i++) {
            entries = client.entries(streamId);
            String state = lastState(entries);
            if (state.startsWith("ended") || state.startsWith("failed")) {
                return entries;
            }
            Thread.sleep(500);
        }
        tally.complain(streamId + " has no end");
        return entries;
    }

    private static String lastState(List<JsonNode> entries) {
        return entries.stream()
                .filter(entry -> entry.path("type").asText().equals("status"))
                .reduce((first, second) -> second)
                .map(entry -> entry.path("state").asText() + " "
                        + entry.path("reason").path("name").asText())
                .orElse("");
    }

    private void report(ProcessSamples samples) throws IOException {
        String text = "%s%n%s%n%s%n%s%n%s%n"
                .formatted(
                        settings,
                        tally,
                        level("RSS kB", samples, ProcessSamples.Sample::rssKb),
                        level("threads", samples, ProcessSamples.Sample::threads),
                        level("open files", samples, ProcessSamples.Sample::files));
        Files.writeString(RESULTS.resolve("summary.txt"), text + String.join("\n", tally.complaints()));
        System.out.println(text);
    }

    private static String level(String name, ProcessSamples samples, ToLongFunction<ProcessSamples.Sample> figure) {
        return "%s: median %d in the second quarter, %d in the last"
                .formatted(name, samples.median(0.25, 0.5, figure), samples.median(0.75, 1, figure));
    }

    private static void assertLevel(ProcessSamples samples) {
        Map<String, ToLongFunction<ProcessSamples.Sample>> figures = Map.of(
                "RSS", ProcessSamples.Sample::rssKb,
                "threads", ProcessSamples.Sample::threads,
                "open files", ProcessSamples.Sample::files);
        figures.forEach((name, figure) -> assertTrue(
                samples.median(0.75, 1, figure) <= samples.median(0.25, 0.5, figure) * ALLOWED_GROWTH,
                () -> level(name, samples, figure)));
    }

    private Map<String, String> configuration() {
        Map<String, String> configuration = new HashMap<>(SimulatedZoom.credentials());
        configuration.putAll(Map.of(
                "quarkus.http.port", Integer.toString(port),
                "rtms.simulator.enabled", "true",
                "rtms.simulator.autoplay", "false",
                "rtms.access.tokens", SoakClient.TOKEN,
                "rtms.transcripts.dir", RESULTS.resolve("transcripts").toAbsolutePath().toString(),
                "rtms.transcripts.keep-ended", "2M",
                "rtms.stream.keep-ended", "2M",
                "rtms.stream.journal-dir", RESULTS.resolve("streams").toAbsolutePath().toString(),
                "rtms.media.request", "auto,audio"));
        configuration.putAll(Map.of(
                "rtms.media.audio.codec", "L16",
                "rtms.media.audio.sample-rate", "SR_16K",
                "rtms.media.audio.channel", "MONO",
                "rtms.media.audio.duration", "100",
                "quarkus.log.category.\"io.rtms\".level", "WARN"));
        return configuration;
    }
}
