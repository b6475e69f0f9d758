package io.rtms.bench;

import io.quarkus.test.junit.QuarkusTestProfile;
import java.util.Map;

/** The application without the observers of other tests, which keep every event. */
public class BenchProfile implements QuarkusTestProfile {
    @Override
    public Map<String, String> getConfigOverrides() {
        return Map.of(
                "quarkus.arc.exclude-types",
                "io.rtms.RecordedEvents,io.rtms.RecordedEvents$*,io.rtms.SlowObserverTest$Dawdler,io.rtms.FailingObserverTest$*,io.rtms.webhook.WebhookResourceTest$*");
    }
}
