package io.rtms.ops;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SwitchesTest {
    @ParameterizedTest
    @CsvSource({"json, true", "JSON, true", "progressive, false", "true, true", "false, false"})
    void theLogsFormatIsSetByItsName(String format, boolean json) throws IOException {
        assertEquals(
                json,
                config(Map.of("ZM_RTMS_LOG_FORMAT", format))
                        .getValue("quarkus.log.console.json.enabled", boolean.class));
    }

    @Test
    void withoutAFormatLinesAreForPeople() throws IOException {
        assertEquals(false, config(Map.of()).getValue("quarkus.log.console.json.enabled", boolean.class));
    }

    @ParameterizedTest
    @CsvSource({"OTEL_EXPORTER_OTLP_ENDPOINT", "quarkus.otel.exporter.otlp.endpoint"})
    void anEndpointTurnsTracesOn(String key) throws IOException {
        assertEquals(true, config(Map.of()).getValue("quarkus.otel.sdk.disabled", boolean.class));
        assertEquals(
                false,
                config(Map.of(key, "http://collector:4317")).getValue("quarkus.otel.sdk.disabled", boolean.class));
    }

    @Test
    void whoeverSaysSoHasNoTracesInSpiteOfAnEndpoint() throws IOException {
        assertEquals(
                true,
                config(Map.of(
                                "OTEL_EXPORTER_OTLP_ENDPOINT",
                                "http://collector:4317",
                                "quarkus.otel.sdk.disabled",
                                "true"))
                        .getValue("quarkus.otel.sdk.disabled", boolean.class));
    }

    private static SmallRyeConfig config(Map<String, String> values) throws IOException {
        return new SmallRyeConfigBuilder()
                .addDefaultInterceptors()
                .withInterceptors(new Switches())
                .withSources(
                        new PropertiesConfigSource(
                                Path.of("src/main/resources/application.properties")
                                        .toUri()
                                        .toURL(),
                                100),
                        new PropertiesConfigSource(values, "given", 300))
                .build();
    }
}
