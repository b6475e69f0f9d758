package io.rtms.load;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * A load. What is not said of a meeting is as the gateway has it (native/load/gateway.h): 640 bytes of audio every 20 ms for each speaker, a transcript
 * each second.
 *
 * @param values by the names of {@link #DEFAULTS}
 */
record Plan(Map<String, String> values) {
    private static final Map<String, String> DEFAULTS = Map.ofEntries(
            Map.entry("meetings", "100"),
            Map.entry("speakers", "4"),
            Map.entry("bytes", "640"),
            Map.entry("videos", "0"),
            Map.entry("transcripts", "1000"), // milliseconds between two; 0 none
            Map.entry("readers", "0"), // of each meeting
            Map.entry("webhooks", "0"), // of ended streams, before the meetings: so many to warm up, and as many again
            Map.entry("tls", "false"),
            Map.entry("silent", "false"), // joined, and nothing is said
            Map.entry("flood", "false"), // audio as fast as it is taken
            Map.entry("seconds", "30"),
            Map.entry("warm-up", "20"),
            Map.entry("service.processors", ""), // as taskset counts them
            Map.entry("other.processors", ""), // of the gateway and the readers
            Map.entry("service.java", ""), // options of its Java machine, separated by spaces
            Map.entry("service.options", "")); // its keys and their values, a=b, separated by spaces

    /** The usual load. */
    static Plan usual() {
        return new Plan(DEFAULTS);
    }

    /** The usual load, but for what these say. */
    static Plan of(Properties properties) {
        Plan plan = usual();
        for (String name : new TreeSet<>(DEFAULTS.keySet())) {
            String value = properties.getProperty(name, "");
            if (!value.isEmpty()) {
                plan = plan.with(name, value);
            }
        }
        return plan;
    }

    /** The same, but for this. */
    Plan with(String name, Object value) {
        if (!DEFAULTS.containsKey(name)) {
            throw new IllegalArgumentException(name + " is none of " + new TreeSet<>(DEFAULTS.keySet()));
        }
        Map<String, String> changed = new TreeMap<>(values);
        changed.put(name, value.toString());
        return new Plan(changed);
    }

    int number(String name) {
        return Integer.parseInt(values.get(name));
    }

    boolean is(String name) {
        return Boolean.parseBoolean(values.get(name));
    }

    String text(String name) {
        return values.get(name);
    }

    /** Words of a value. */
    List<String> words(String name) {
        return Arrays.stream(text(name).split(" "))
                .filter(word -> !word.isEmpty())
                .toList();
    }

    /** The media that are asked for, each on a connection of its own. */
    List<String> media() {
        List<String> media = new ArrayList<>();
        if (number("speakers") > 0) {
            media.add("audio");
        }
        if (number("videos") > 0) {
            media.add("video");
        }
        if (number("transcripts") > 0) {
            media.add("transcript");
        }
        return media;
    }
}
