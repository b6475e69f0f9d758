package io.rtms.ops;

import static io.restassured.RestAssured.given;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What {@code /q/metrics} says at one moment. */
final class Scrape {
    private static final Pattern SAMPLE = Pattern.compile("([a-zA-Z_:][a-zA-Z0-9_:]*)(?:\\{(.*?)})? ([^ #]+)(?: #.*)?");
    private static final Pattern LABEL = Pattern.compile("([a-zA-Z_]\\w*)=\"((?:[^\"\\\\]|\\\\.)*)\"");

    private final Map<String, Double> samples = new TreeMap<>();
    private final Map<String, Set<String>> labels = new HashMap<>();

    private Scrape(String page) {
        page.lines().filter(line -> !line.startsWith("#")).forEach(this::add);
    }

    static Scrape now() {
        return new Scrape(
                given().get("/q/metrics").then().statusCode(200).extract().asString());
    }

    private void add(String line) {
        Matcher sample = SAMPLE.matcher(line);
        if (!sample.matches()) {
            throw new AssertionError("no sample: " + line);
        }
        String name = sample.group(1);
        String labelled = sample.group(2) == null ? name : name + "{" + sample.group(2) + "}";
        samples.put(labelled, Double.parseDouble(sample.group(3)));
        if (sample.group(2) != null) {
            Matcher label = LABEL.matcher(sample.group(2));
            while (label.find()) {
                labels.computeIfAbsent(name + "{" + label.group(1) + "}", key -> new TreeSet<>())
                        .add(label.group(2));
            }
        }
    }

    /** All samples of a metric, by name and labels. */
    Map<String, Double> of(String metric) {
        Map<String, Double> found = new TreeMap<>();
        samples.forEach((key, value) -> {
            if (key.equals(metric) || key.startsWith(metric + "{")) {
                found.put(key, value);
            }
        });
        return found;
    }

    /** The values that each label of each metric has: {@code metric{label}}. */
    Map<String, Set<String>> labels() {
        return labels;
    }
}
