package io.rtms.stream;

import io.quarkus.runtime.configuration.DurationConverter;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.time.Duration;
import java.util.Map;

/** The configuration of streams, for tests without a service. */
final class StreamSettings {
    private StreamSettings() {}

    static StreamConfig defaults() {
        return with(Map.of());
    }

    /** With these instead of the defaults. */
    static StreamConfig with(Map<String, String> values) {
        return new SmallRyeConfigBuilder()
                .withConverter(Duration.class, 200, new DurationConverter())
                .withDefaultValues(values)
                .withMapping(StreamConfig.class)
                .build()
                .getConfigMapping(StreamConfig.class);
    }
}
