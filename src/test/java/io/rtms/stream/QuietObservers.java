package io.rtms.stream;

import io.quarkus.test.junit.QuarkusTestProfile;
import java.util.Map;

/** No observer of the other tests asks for audio: what Zoom is asked for is what clients and the relay listen to. */
public class QuietObservers implements QuarkusTestProfile {
    @Override
    public Map<String, String> getConfigOverrides() {
        return Map.of("quarkus.arc.exclude-types", "io.rtms.RecordedEvents$AudioObserver");
    }
}
