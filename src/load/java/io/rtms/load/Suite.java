package io.rtms.load;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Plays every {@link Scenario} and writes what came of them between two marks of PERFORMANCE.md; target/load has each one's files. */
final class Suite {
    private static final Path DOCUMENT = Path.of("PERFORMANCE.md");
    private static final String BEGIN = "<!-- what the load command has measured begins -->";
    private static final String END = "<!-- and ends -->";

    private final Path results;
    /** In MiB, by meetings, of the loads in which nothing was said. */
    private final NavigableMap<Integer, Double> resident = new TreeMap<>();

    Suite(Path results) {
        this.results = results;
    }

    /** @param wanted files' names of scenarios, separated by commas; all where empty: then the document is written */
    void play(String wanted) throws Exception {
        List<String> names =
                Stream.of(wanted.split(",")).filter(name -> !name.isEmpty()).toList();
        List<String> lines = new ArrayList<>(List.of(machine(), ""));
        boolean peers = PeerRun.isPossible(results.resolve("node"));
        for (Scenario scenario : Scenario.all()) {
            if (names.isEmpty() || names.contains(scenario.file())) {
                lines.addAll(play(scenario, peers));
            }
        }
        lines.add("The gateway's ceiling, to peers that throw away what comes: %s frames of 640 B a second."
                .formatted(Report.number(Ceiling.of(Plan.usual()))));
        lines.forEach(System.out::println);
        if (names.isEmpty()) {
            replace(lines);
        }
    }

    private List<String> play(Scenario scenario, boolean peers) throws Exception {
        System.out.println(scenario.name());
        Outcome outcome;
        try (LoadRun run = new LoadRun(scenario.plan(), results.resolve("service"))) {
            outcome = run.play();
        }
        if (scenario.plan().is("silent")) {
            outcome = outcome.with(Map.of("resident kB of each further", further(outcome, scenario.plan())));
        }
        Report.write(outcome, results, scenario.file());
        List<String> lines = new ArrayList<>();
        String target = scenario.target().isEmpty() ? "" : " Target: " + scenario.target() + ".";
        lines.add("**" + scenario.name() + ".**" + target);
        lines.add("");
        boolean peer = peers && scenario.peer();
        Outcome other = peer ? PeerRun.play(scenario.plan(), results.resolve("node")) : outcome;
        lines.add(peer ? "| | service | Node client |" : "| | service |");
        lines.add(peer ? "|---|--:|--:|" : "|---|--:|");
        for (String figure : scenario.figures()) {
            String line = "| " + figure + " | " + Report.number(outcome.figure(figure)) + " |";
            String beside = other.figures().containsKey(figure) ? Report.number(other.figure(figure)) : "";
            lines.add(peer ? line + " " + beside + " |" : line);
        }
        lines.add("");
        return lines;
    }

    /** What a meeting takes beyond those of the load before: the code that joins the first of them is no longer in it. */
    private double further(Outcome outcome, Plan plan) {
        int meetings = plan.number("meetings");
        double all = outcome.figure("resident MiB");
        Map.Entry<Integer, Double> fewer = resident.lowerEntry(meetings);
        resident.put(meetings, all);
        return fewer == null
                ? outcome.figure("resident kB each")
                : (all - fewer.getValue()) * (1 << 20) / 1000 / (meetings - fewer.getKey());
    }

    private static String machine() throws Exception {
        String model;
        try (Stream<String> lines = Files.lines(Path.of("/proc/cpuinfo"))) {
            model = lines.filter(line -> line.startsWith("model name"))
                    .findFirst()
                    .map(line -> line.substring(line.indexOf(':') + 1).strip())
                    .orElse(System.getProperty("os.arch"));
        }
        return String.format(
                Locale.ROOT,
                "%s: %d processors (%s), Linux %s, Java %s.",
                LocalDate.now(),
                Runtime.getRuntime().availableProcessors(),
                model,
                System.getProperty("os.version"),
                Runtime.version());
    }

    private static void replace(List<String> lines) throws Exception {
        String document = Files.readString(DOCUMENT);
        int begin = document.indexOf(BEGIN);
        int end = document.indexOf(END);
        if (begin < 0 || end < begin) {
            throw new IllegalStateException(DOCUMENT + " has not both marks, " + BEGIN + " and " + END);
        }
        Files.writeString(
                DOCUMENT,
                document.substring(0, begin + BEGIN.length())
                        + "\n\n" + String.join("\n", lines) + "\n\n"
                        + document.substring(end));
    }
}
