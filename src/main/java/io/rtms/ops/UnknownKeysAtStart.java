package io.rtms.ops;

import io.quarkus.runtime.configuration.ConfigurationException;
import io.rtms.ServiceStarting;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import jakarta.interceptor.Interceptor;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.eclipse.microprofile.config.Config;
import org.jboss.logging.Logger;

/**
 * Stops the start where a key of this service is mistyped, before anything else happens, and warns of what may be one. It says what may be meant,
 * which SmallRye Config's own check, turned off in {@code application.properties}, does not. An application that leaves that check on has been stopped
 * by it, unless the application has mappings of its own for such keys.
 */
@Singleton
class UnknownKeysAtStart {
    private static final Logger LOG = Logger.getLogger(UnknownKeysAtStart.class);
    private static final String CHECKED_BEFORE = "smallrye.config.mapping.validate-unknown";

    private final Config config;

    UnknownKeysAtStart(Config config) {
        this.config = config;
    }

    void check(@Observes @Priority(Interceptor.Priority.PLATFORM_BEFORE) ServiceStarting event) {
        Map<Boolean, List<UnknownKey>> byCertainty =
                UnknownKeys.find(config).stream().collect(Collectors.partitioningBy(UnknownKey::isCertain));
        byCertainty.get(false).forEach(key -> LOG.warn(key.message()));
        List<UnknownKey> refused = byCertainty.get(true);
        boolean isCheckedBefore =
                config.getOptionalValue(CHECKED_BEFORE, Boolean.class).orElse(true);
        if (!refused.isEmpty() && !isCheckedBefore) {
            throw new ConfigurationException(
                    refused.stream().map(UnknownKey::message).collect(Collectors.joining("\n")));
        }
    }
}
