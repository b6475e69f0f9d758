package io.rtms.ops;

import static io.restassured.RestAssured.given;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.rtms.RecordedEvents;
import io.rtms.Turns;
import io.rtms.event.ReconnectAttempted;
import io.rtms.media.MediaType;
import io.rtms.simulator.PlayOptions;
import io.rtms.simulator.SimulatedMeeting;
import io.rtms.simulator.Simulator;
import io.rtms.simulator.fault.Fault;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What docker/grafana and docker/prometheus ask for is there, after a meeting in which something went wrong: metrics by their names, with those labels. */
@QuarkusTest
@TestProfile(DashboardTest.OnDisk.class)
class DashboardTest {
    private static final Path DASHBOARD = Path.of("docker/grafana/dashboards/rtms-service.json");
    private static final Path ALERTS = Path.of("docker/prometheus/rtms-alerts.yml");
    private static final Pattern METRIC =
            Pattern.compile("\\b((?:rtms|jvm|process|system|http)_[a-z0-9_]+)(\\{[^}]*})?");
    private static final Pattern LABEL = Pattern.compile("([a-z_]+)(?:=~|!~|!=|=)\"");
    private static final Pattern SAMPLE = Pattern.compile("^([a-z0-9_]+)(?:\\{([^}]*)})? ");
    /** What Prometheus adds to every sample. */
    private static final Set<String> OF_PROMETHEUS = Set.of("instance", "job");
    /** Counters that begin with a fault of the service or of an observer, which this test does not have: their names stand in the sources. */
    private static final Map<String, String> OF_FAULTS = Map.of(
            "rtms_webhooks_ignored_total", "rtms.webhooks.ignored",
            "rtms_observer_errors_total", "rtms.observer.errors");

    @Inject
    Simulator simulator;

    @Inject
    RecordedEvents recorded;

    @Test
    void everyMetricOfDashboardAndAlertsExists() throws Exception {
        haveAMeetingWithTroubles();
        Map<String, Set<String>> wanted = new TreeMap<>();
        Stream.concat(
                        panels().flatMap(panel -> panel.findValuesAsText("expr").stream()),
                        alerts().map(alert -> alert.path("expr").asText()))
                .flatMap(expression -> METRIC.matcher(expression).results())
                .forEach(metric -> wanted.computeIfAbsent(metric.group(1), name -> new TreeSet<>())
                        .addAll(labels(metric)));
        assertTrue(wanted.size() > 30, wanted::toString);

        Set<String> sources = wanted.keySet().stream().anyMatch(OF_FAULTS::containsKey) ? literals() : Set.of();
        assertAll(wanted.entrySet().stream().map(metric -> () -> {
            Set<String> labels = scrape().get(metric.getKey());
            if (labels == null && OF_FAULTS.containsKey(metric.getKey())) {
                assertTrue(sources.contains(OF_FAULTS.get(metric.getKey())), metric.getKey());
            } else {
                assertTrue(labels != null, () -> "there is no metric " + metric.getKey());
                assertTrue(
                        labels.containsAll(metric.getValue()), () -> "%s has the labels %s".formatted(metric, labels));
            }
        }));
    }

    @Test
    void everyPanelAndEveryAlertExplainsItself() throws IOException {
        panels().forEach(panel -> assertTrue(
                panel.path("description").asText().endsWith("."),
                () -> panel.path("title").asText()));
        List<JsonNode> alerts = alerts().toList();
        alerts.forEach(alert -> {
            String name = alert.path("alert").asText();
            assertFalse(alert.at("/annotations/summary").asText().isBlank(), name);
            assertTrue(alert.at("/annotations/description").asText().length() > 100, name);
            assertTrue(
                    Set.of("critical", "warning", "info")
                            .contains(alert.at("/labels/severity").asText()),
                    name);
        });
        assertEquals(
                alerts.size(),
                alerts.stream().map(alert -> alert.path("alert")).distinct().count());
    }

    @Test
    void panelsDoNotOverlap() throws IOException {
        Set<String> taken = new HashSet<>();
        for (JsonNode panel : new ObjectMapper().readTree(DASHBOARD.toFile()).path("panels")) {
            JsonNode place = panel.path("gridPos");
            for (int x = 0; x < place.path("w").asInt(); x++) {
                for (int y = 0; y < place.path("h").asInt(); y++) {
                    int column = place.path("x").asInt() + x;
                    assertTrue(column < 24, () -> panel.path("title").asText());
                    assertTrue(
                            taken.add(column + "," + (place.path("y").asInt() + y)),
                            () -> panel.path("title").asText());
                }
            }
        }
    }

    /** A medium is lost and comes back; webhooks and requests of strangers are refused. */
    private void haveAMeetingWithTroubles() throws InterruptedException {
        given().body("{}")
                .header("x-zm-signature", "v0=00")
                .post("/webhook")
                .then()
                .statusCode(401);
        given().get("/api/streams").then().statusCode(401);
        SimulatedMeeting meeting =
                simulator.play(Turns.script(20), PlayOptions.defaults().withSpeed(4));
        await().atMost(Duration.ofSeconds(30))
                .until(() -> !recorded.lines(meeting.streamId()).isEmpty());
        meeting.apply(new Fault.DropMedia(MediaType.AUDIO));
        await().atMost(Duration.ofSeconds(30))
                .until(() -> !recorded.of(meeting.streamId(), ReconnectAttempted.class)
                        .isEmpty());
        assertTrue(meeting.awaitEnd(Duration.ofSeconds(30)).isPresent());
        await().atMost(Duration.ofSeconds(10)).until(() -> recorded.isOver(meeting.streamId()));
        System.gc(); // pauses are counted from the first one on
        await().atMost(Duration.ofSeconds(10)).until(() -> scrape().containsKey("jvm_gc_pause_seconds_sum"));
    }

    private static Stream<JsonNode> panels() throws IOException {
        JsonNode dashboard = new ObjectMapper().readTree(DASHBOARD.toFile());
        return dashboard
                .path("panels")
                .valueStream()
                .filter(panel -> !panel.path("type").asText().equals("row"));
    }

    private static Stream<JsonNode> alerts() throws IOException {
        JsonNode rules = new ObjectMapper(new YAMLFactory()).readTree(ALERTS.toFile());
        return rules.path("groups")
                .valueStream()
                .flatMap(group -> group.path("rules").valueStream());
    }

    private static Set<String> labels(MatchResult metric) {
        if (metric.group(2) == null) {
            return Set.of();
        }
        return LABEL.matcher(metric.group(2))
                .results()
                .map(label -> label.group(1))
                .filter(label -> !OF_PROMETHEUS.contains(label))
                .collect(Collectors.toSet());
    }

    /** The metrics that there are now, each with its labels. */
    private static Map<String, Set<String>> scrape() {
        Map<String, Set<String>> metrics = new LinkedHashMap<>();
        given().get("/q/metrics")
                .then()
                .statusCode(200)
                .extract()
                .asString()
                .lines()
                .forEach(line -> {
                    Matcher sample = SAMPLE.matcher(line);
                    if (sample.find()) {
                        Set<String> labels = metrics.computeIfAbsent(sample.group(1), name -> new HashSet<>());
                        if (sample.group(2) != null) {
                            LABEL.matcher(sample.group(2)).results().forEach(label -> labels.add(label.group(1)));
                        }
                    }
                });
        return metrics;
    }

    /** Every string in the sources. */
    private static Set<String> literals() throws IOException {
        Pattern literal = Pattern.compile("\"([^\"\\n]*)\"");
        try (Stream<Path> files = Files.walk(Path.of("src/main/java"))) {
            return files.filter(file -> file.toString().endsWith(".java"))
                    .flatMap(file -> literal.matcher(read(file)).results())
                    .map(found -> found.group(1))
                    .collect(Collectors.toSet());
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** With transcripts on disk, whose metrics are asked for too. */
    public static final class OnDisk implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            try {
                return Map.of(
                        "rtms.transcripts.dir",
                        Files.createTempDirectory("dashboard-test-").toString(),
                        "rtms.stream.backoff-first",
                        "100MS");
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
