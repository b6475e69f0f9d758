package io.rtms.load;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a load has come to.
 *
 * @param figures by name, in the order in which they are shown
 * @param course each second of it
 */
record Outcome(Map<String, Double> figures, List<Second> course) {
    /**
     * A second of it.
     *
     * @param delivered frames that observers saw
     * @param p99 age of its audio, or of its transcripts where there is no audio, microseconds from when they were written
     * @param service share of a processor
     * @param gateway share of a processor
     * @param residentMiB of the service
     */
    record Second(double at, double delivered, double p99, double service, double gateway, double residentMiB) {}

    double figure(String name) {
        Double value = figures.get(name);
        if (value == null) {
            throw new IllegalArgumentException("there is no figure " + name + ", there are " + figures.keySet());
        }
        return value;
    }

    /** The same with these figures behind. */
    Outcome with(Map<String, Double> more) {
        Map<String, Double> all = new LinkedHashMap<>(figures);
        all.putAll(more);
        return new Outcome(all, course);
    }
}
