package io.rtms.load;

import java.util.List;

/**
 * A load whose figures PERFORMANCE.md shows.
 *
 * @param name a line of the table
 * @param file what its results are called in target/load
 * @param target what is wanted, in words
 * @param figures those of the outcome that are shown
 * @param peer whether the Node client is measured with it
 */
record Scenario(String name, String file, Plan plan, String target, List<String> figures, boolean peer) {
    private static final List<String> MEDIA = List.of(
            "delivered/s",
            "service %",
            "service us/frame",
            "audio due p50 ms",
            "audio due p99 ms",
            "audio sent p99 ms",
            "resident MiB",
            "longest pause ms");
    private static final List<String> FLOOD = List.of("delivered/s", "service %", "service us/frame");
    private static final List<String> IDLE =
            List.of("service %", "resident kB each", "resident kB of each further", "heap kB each", "joined s");
    private static final List<String> RELAY =
            List.of("relayed/s", "relay sent p50 ms", "relay sent p99 ms", "relay sent max ms", "service %");
    private static final String ONE_LOOP = "rtms.loop.threads=1";

    /** All of them. */
    static List<Scenario> all() {
        Plan usual = Plan.usual();
        Plan flood = usual.with("flood", true)
                .with("meetings", 4)
                .with("transcripts", 0)
                .with("service.processors", "0")
                .with("other.processors", "1")
                .with("service.options", ONE_LOOP);
        Plan idle =
                usual.with("silent", true).with("warm-up", 60).with("seconds", 60); // joining has been compiled by then
        return List.of(
                new Scenario(
                        "100 meetings",
                        "media-100",
                        usual,
                        "p50 < 0.25 ms, p99 < 1.5 ms from due; < 15 % of a core",
                        MEDIA,
                        true),
                new Scenario("400 meetings", "media-400", usual.with("meetings", 400), "p99 < 5 ms", MEDIA, true),
                new Scenario(
                        "25 meetings of 16 speakers, as many frames as 100 of 4",
                        "media-25",
                        usual.with("meetings", 25).with("speakers", 16),
                        "",
                        MEDIA,
                        false),
                new Scenario(
                        "100 meetings, wss",
                        "media-100-wss",
                        usual.with("tls", true),
                        "< 22 % of a core",
                        MEDIA,
                        false),
                new Scenario("flood of 640 B on one core", "flood-640", flood, "> 2 times the peer", FLOOD, true),
                new Scenario(
                        "flood of 20 kB on one core",
                        "flood-20000",
                        flood.with("bytes", 20_000),
                        "> 2 times the peer",
                        FLOOD,
                        true),
                new Scenario("10 idle meetings", "idle-10", idle.with("meetings", 10), "", IDLE, false),
                new Scenario("100 idle meetings", "idle-100", idle.with("meetings", 100), "", IDLE, false),
                new Scenario(
                        "1,000 idle meetings",
                        "idle-1000",
                        idle.with("meetings", 1000),
                        "< 1 % of a core, < 150 kB each",
                        IDLE,
                        false),
                new Scenario(
                        "500 webhooks a second, and 1,000 streams started by them",
                        "webhooks",
                        idle.with("webhooks", 10_000)
                                .with("meetings", 1000)
                                .with("warm-up", 5)
                                .with("seconds", 5),
                        "p99 < 10 ms",
                        List.of(
                                "webhook p50 ms",
                                "webhook p99 ms",
                                "webhook max ms",
                                "start p50 ms",
                                "start p99 ms",
                                "joined s"),
                        false),
                new Scenario(
                        "100 meetings, 1,000 readers",
                        "relay-1000",
                        usual.with("readers", 10),
                        "p99 < 10 ms",
                        RELAY,
                        false),
                new Scenario(
                        "10,000 readers of one meeting, 2 lines/s",
                        "relay-10000",
                        usual.with("meetings", 1)
                                .with("speakers", 0)
                                .with("transcripts", 500)
                                .with("readers", 10_000),
                        "< 1 core, none more than 1 s behind",
                        RELAY,
                        false));
    }
}
