package io.rtms.ops;

import io.smallrye.config.ConfigSourceInterceptor;
import io.smallrye.config.ConfigSourceInterceptorContext;
import io.smallrye.config.ConfigValue;
import io.smallrye.config.Priorities;
import jakarta.annotation.Priority;
import java.util.Locale;

/**
 * Lets two switches of Quarkus be set by words: the log's format by {@code json} and {@code progressive}, as Zoom's SDKs name them, and OpenTelemetry by
 * {@code auto}, which turns it on where an endpoint is set. Every other value passes unchanged.
 */
@Priority(Priorities.LIBRARY + 1000)
public final class Switches implements ConfigSourceInterceptor {
    private static final long serialVersionUID = 1L;

    private static final String JSON_LOG = "quarkus.log.console.json.enabled";
    private static final String TRACES_OFF = "quarkus.otel.sdk.disabled";
    private static final String TRACES_ENDPOINT = "quarkus.otel.exporter.otlp.endpoint";

    @Override
    public ConfigValue getValue(ConfigSourceInterceptorContext context, String name) {
        ConfigValue value = context.proceed(name);
        if (value == null || value.getValue() == null) {
            return value;
        }
        return switch (name) {
            case JSON_LOG -> jsonLog(value);
            case TRACES_OFF -> tracesOff(context, value);
            default -> value;
        };
    }

    private static ConfigValue jsonLog(ConfigValue value) {
        return switch (value.getValue().strip().toLowerCase(Locale.ROOT)) {
            case "json" -> value.withValue("true");
            case "progressive" -> value.withValue("false");
            default -> value;
        };
    }

    private static ConfigValue tracesOff(ConfigSourceInterceptorContext context, ConfigValue value) {
        if (!value.getValue().equals("auto")) {
            return value;
        }
        ConfigValue endpoint = context.proceed(TRACES_ENDPOINT);
        boolean isSet = endpoint != null
                && endpoint.getValue() != null
                && !endpoint.getValue().isBlank();
        return value.withValue(String.valueOf(!isSet));
    }
}
