package io.rtms;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The packaged application with loops in processes of their own: one crashes in a meeting, and another takes its place. */
class IsolatedLoopsIT {
    private static final Path MEETING = Path.of("src/test/resources/short-meeting.vtt");
    private static final Pattern STARTED = Pattern.compile("its process was started again, number (\\d+)");

    @Test
    void aCrashedProcessIsReplacedAndAllEndWithTheService() throws Exception {
        List<Long> workers;
        try (Service service = Service.start(Map.of(
                "rtms.engine.isolation", "process",
                "rtms.loop.threads", "1",
                "rtms.simulator.enabled", "true",
                "rtms.simulator.meeting", MEETING.toAbsolutePath().toString(),
                "rtms.app.client-id", "client",
                "rtms.app.client-secret", "secret",
                "rtms.webhook.secrets", "secret",
                "rtms.transcripts.dir", "",
                "rtms.stream.journal-dir", ""))) {
            service.port();
            await().atMost(Duration.ofSeconds(60)).until(() -> logged(service, "is live"));
            workers = workersOf(service);
            assertEquals(1, workers.size());
            assertEquals(
                    0,
                    new ProcessBuilder("kill", "-SEGV", workers.getFirst().toString())
                            .start()
                            .waitFor());
            await().atMost(Duration.ofSeconds(30)).until(() -> logged(service, "is resumed"));
            Optional<Matcher> again = service.log().stream()
                    .map(STARTED::matcher)
                    .filter(Matcher::find)
                    .findFirst();
            assertEquals(List.of(Long.valueOf(again.orElseThrow().group(1))), workersOf(service));
            workers = workersOf(service);
        }
        for (long worker : workers) {
            await().atMost(Duration.ofSeconds(10))
                    .until(() -> ProcessHandle.of(worker).isEmpty());
        }
    }

    private static boolean logged(Service service, String text) {
        return service.log().stream().anyMatch(line -> line.contains(text));
    }

    private static List<Long> workersOf(Service service) {
        List<Long> workers = ProcessHandle.of(service.pid())
                .orElseThrow()
                .children()
                .map(ProcessHandle::pid)
                .toList();
        assertTrue(workers.size() <= 2, workers.toString());
        return workers;
    }
}
