package io.rtms.ops;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.runtime.configuration.ConfigurationException;
import io.rtms.LogLines;
import io.rtms.ServiceStarting;
import io.smallrye.config.EnvConfigSource;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import io.smallrye.config.SysPropConfigSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.config.spi.ConfigSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Mistyped keys, where they are set, and what may be meant. */
class UnknownKeysTest {
    @ParameterizedTest
    @CsvSource({
        "rtms.webhook.maxage, rtms.webhook.max-age",
        "rtms.webhook.max-gae, rtms.webhook.max-age",
        "rtms.webhook.maxAge, rtms.webhook.max-age",
        "rtms.access.token, rtms.access.tokens",
        "rtms.media.audio.samplerate, rtms.media.audio.sample-rate",
        "rtms.apps.sales.clientid, rtms.apps.sales.client-id",
        "rtms.apps.\"my.app\".secret, ",
        "rtms.stream.colour, ",
        "rtms.webhok.max-age, rtms.webhook.max-age",
        "rtms.transcript.dir, rtms.transcripts.dir"
    })
    void aMistypedKeyIsFoundWithTheOneThatMayBeMeant(String name, String meant) {
        UnknownKey unknown = only(find(file(name)));
        assertEquals(name, unknown.name());
        assertEquals(Optional.ofNullable(meant), unknown.nearest());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "rtms.webhook.max-age",
                "%dev.rtms.webhook.max-age",
                "rtms.access.tokens[0]",
                "rtms.apps.sales.client-id",
                "rtms.apps.\"my.app\".webhook-secrets",
                "rtms.keywords.words",
                "rtms.fuzz.runs",
                "quarkus.http.prt",
                "webhook.maxage"
            })
    void knownKeysAndThoseOfOthersAreNotFound(String name) {
        assertEquals(List.of(), find(file(name)));
    }

    /** An application may have mappings of its own. */
    @Test
    void aKeyThatHasADefaultIsKnown() {
        Config config = new SmallRyeConfigBuilder()
                .withSources(file("rtms.webhook.colour"))
                .withDefaultValue("rtms.webhook.colour", "red")
                .build();
        assertEquals(List.of(), UnknownKeys.find(config));
    }

    @Test
    void keysOfProfilesAreLookedAtToo() {
        assertEquals(
                "rtms.webhook.maxage",
                only(find(file("%dev,test.rtms.webhook.maxage"))).name());
    }

    @ParameterizedTest
    @CsvSource({
        "RTMS_WEBHOOK_MAXAGE, RTMS_WEBHOOK_MAX_AGE",
        "RTMS_ACCES_TOKENS, RTMS_ACCESS_TOKENS",
        "RTMS_APPS_SALES_CLIENTID, RTMS_APPS_SALES_CLIENT_ID"
    })
    void aVariableThatIsNearlyRightIsFound(String name, String meant) {
        UnknownKey unknown = only(find(environment(name)));
        assertEquals(name, unknown.name());
        assertEquals(Optional.of(meant), unknown.nearest());
        assertEquals(false, unknown.isCertain());
    }

    /** Kubernetes sets variables for every service, also for one that is called rtms, or rtms-stream. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "RTMS_WEBHOOK_MAX_AGE",
                "RTMS_APPS_SALES_CLIENT_ID",
                "RTMS_SERVICE_HOST",
                "RTMS_SERVICE_PORT_HTTP",
                "RTMS_PORT",
                "RTMS_PORT_8080_TCP_ADDR",
                "RTMS_STREAM_PORT",
                "RTMS_VERSION",
                "ZM_RTMS_CLIENT",
                "PATH"
            })
    void variablesOfOthersAreNotFound(String name) {
        assertEquals(List.of(), find(environment(name)));
    }

    @Test
    void aKeyThatIsSetInTwoPlacesIsToldOnceFromTheStrongerOne() {
        UnknownKey unknown = only(find(
                file("rtms.webhook.maxage"),
                new PropertiesConfigSource(
                        Map.of("rtms.webhook.maxage", "1"), "file:/srv/config/application.properties", 260)));
        assertEquals("/srv/config/application.properties", unknown.origin());
        assertEquals(
                "rtms.webhook.maxage (/srv/config/application.properties) is no key of this service. Did you mean rtms.webhook.max-age?",
                unknown.message());
    }

    @Test
    void placesHavePlainNames() {
        assertEquals("system property", UnknownKey.origin(new SysPropConfigSource()));
        assertEquals("environment", UnknownKey.origin(environment("A")));
    }

    @Test
    void aMistypedKeyStopsTheStart() {
        UnknownKeysAtStart start = new UnknownKeysAtStart(
                config(file("rtms.webhook.maxage", "rtms.stream.colour", "smallrye.config.mapping.validate-unknown")));
        ConfigurationException refused =
                assertThrows(ConfigurationException.class, () -> start.check(new ServiceStarting()));
        assertEquals(2, refused.getMessage().lines().count(), refused.getMessage());
        assertTrue(refused.getMessage().contains("Did you mean rtms.webhook.max-age?"), refused.getMessage());
    }

    @Test
    void whereSmallRyeChecksItselfNothingIsRefusedTwice() {
        new UnknownKeysAtStart(config(file("rtms.webhook.maxage"))).check(new ServiceStarting());
    }

    @Test
    void whatMayBeAnotherProgramsIsWarnedOf() {
        LogLines log = new LogLines();
        log.begin();
        new UnknownKeysAtStart(config(environment("RTMS_WEBHOOK_MAXAGE"))).check(new ServiceStarting());
        log.end();
        assertEquals(
                List.of(
                        "WARN io.rtms.ops.UnknownKeysAtStart RTMS_WEBHOOK_MAXAGE (environment) is no key of this service."
                                + " Did you mean RTMS_WEBHOOK_MAX_AGE?"),
                log.with("RTMS_WEBHOOK_MAXAGE"));
    }

    private static List<UnknownKey> find(ConfigSource... sources) {
        return UnknownKeys.find(config(sources));
    }

    private static UnknownKey only(List<UnknownKey> unknown) {
        assertEquals(1, unknown.size(), unknown.toString());
        return unknown.getFirst();
    }

    private static Config config(ConfigSource... sources) {
        return new SmallRyeConfigBuilder().withSources(sources).build();
    }

    /** A file that sets these keys to what no switch takes for true. */
    private static ConfigSource file(String... names) {
        Map<String, String> values = new HashMap<>();
        for (String name : names) {
            values.put(name, "false");
        }
        return new PropertiesConfigSource(values, "given", 250);
    }

    private static ConfigSource environment(String name) {
        return new EnvConfigSource(Map.of(name, "x"), 300);
    }
}
