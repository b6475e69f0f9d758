package io.rtms.load;

import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

/**
 * The load command: {@code run} plays the load that properties ({@link Plan}) describe and prints a table; {@code suite} plays all that PERFORMANCE.md tells of and
 * writes its figures.
 */
public final class Load {
    private Load() {}

    /** See the class. */
    public static void main(String[] arguments) throws Exception {
        Path results = Path.of(Commands.required("load.results"));
        switch (arguments[0]) {
            case "run" -> run(results);
            case "suite" -> new Suite(results).play(System.getProperty("scenarios", ""));
            default -> throw new IllegalArgumentException(arguments[0] + " is neither run nor suite");
        }
    }

    private static void run(Path results) throws Exception {
        Plan plan = Plan.of(System.getProperties());
        System.out.println("Load: " + changed(plan));
        try (LoadRun run = new LoadRun(plan, results.resolve("service"))) {
            Outcome outcome = run.play();
            System.out.print(Report.table(outcome));
            Report.write(outcome, results, "load");
        }
        System.out.printf(
                "The gateway's ceiling: %s frames/s to a peer that discards them%n", Report.number(Ceiling.of(plan)));
    }

    private static Map<String, String> changed(Plan plan) {
        Map<String, String> shown = new TreeMap<>(plan.values());
        shown.values().removeIf(String::isEmpty);
        return shown;
    }
}
