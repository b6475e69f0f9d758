package io.rtms.bench;

import io.quarkus.test.junit.QuarkusTestProfile;
import java.util.Map;

/** The application without the observers of other tests. Connections that are never answered stay as they are: their streams take what benchmarks feed them. */
public class BenchProfile implements QuarkusTestProfile {
    static final String WEBHOOK_SECRET = "a-secret-token-of-zoom";

    @Override
    public Map<String, String> getConfigOverrides() {
        return Map.of(
                "quarkus.arc.exclude-types",
                "io.rtms.RecordedEvents,io.rtms.RecordedEvents$*,io.rtms.Standstill,io.rtms.*Test$*,io.rtms.webhook.*Test$*",
                "rtms.stream.connect-timeout",
                "1H",
                "rtms.stream.give-up-after",
                "2H",
                "rtms.webhook.secrets",
                WEBHOOK_SECRET);
    }
}
