package io.rtms.ops;

import io.quarkus.test.junit.QuarkusTestProfile;
import java.util.Map;

/** Little room for what waits, a quick Zoom, impatient health checks, and traces that are kept in memory. */
public class Watched implements QuarkusTestProfile {
    @Override
    public Map<String, String> getConfigOverrides() {
        return Map.of(
                "rtms.stream.mailbox-frames", "200",
                "rtms.stream.patience", "500MS",
                "rtms.stream.backoff-first", "100MS",
                "rtms.media.request", "auto,video",
                "rtms.loop.stuck-after", "1S",
                "quarkus.otel.sdk.disabled", "false",
                "quarkus.otel.bsp.schedule.delay", "50MS");
    }
}
