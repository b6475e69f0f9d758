package io.rtms.load;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeoutException;

/** What the load's processes report, for whoever plays one. */
final class GatewayReports {
    private static final long JOIN_NANOS = 60_000_000_000L;

    private GatewayReports() {}

    /** Waits until so many media connections are ready, a minute at the most. */
    static void awaitMedia(JsonProcess gateway, int connections)
            throws IOException, InterruptedException, TimeoutException {
        long begin = System.nanoTime();
        for (int ready = 0;
                ready < connections;
                ready = gateway.ask("report").get("media").asInt()) {
            if (System.nanoTime() - begin > JOIN_NANOS) {
                throw new TimeoutException(ready + " of " + connections + " media connections after a minute");
            }
            Thread.sleep(5);
        }
    }

    /**
     * Adds {@code NAME p50 ms} and the others.
     *
     * @param ages in microseconds, by {@code p50} and the others
     */
    static void addAges(Map<String, Double> figures, String name, JsonNode ages) {
        for (String percentile : List.of("p50", "p99", "p999", "max")) {
            figures.put(name + " " + percentile + " ms", ages.get(percentile).asDouble() / 1000);
        }
    }
}
