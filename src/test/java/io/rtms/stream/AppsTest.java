package io.rtms.stream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.smallrye.config.EnvConfigSource;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AppsTest {
    private static final Map<String, String> TWO = Map.of(
            "rtms.app.client-id", "own",
            "rtms.app.client-secret", "own-secret",
            "rtms.app.proxy", "http://proxy:3128",
            "rtms.tls.ca", "own.pem",
            "rtms.apps.sales.client-id", "sales",
            "rtms.apps.sales.client-secret", "sales-secret",
            "rtms.apps.sales.webhook-secrets", "new,old",
            "rtms.apps.sales.ca", "sales.pem",
            "rtms.apps.sales.verify", "false",
            "rtms.apps.bare.client-id", "half");

    @Test
    void knowsTheDefaultAppAndThoseWithNames() {
        Apps apps = apps(TWO, false);
        assertEquals(List.of("default", "bare", "sales"), List.copyOf(apps.names()));
        assertEquals(Optional.of(apps.defaultApp()), apps.app("default"));
        assertEquals(List.of("new", "old"), apps.app("sales").orElseThrow().webhookSecrets());
        assertEquals(Optional.empty(), apps.app("nobody"));
    }

    @Test
    void anAppConnectsAsTheDefaultAppDoesUnlessItSaysOtherwise() {
        Apps apps = apps(TWO, false);
        App sales = apps.app("sales").orElseThrow();
        assertEquals(Optional.of("sales.pem"), sales.ca());
        assertFalse(sales.verify());
        assertEquals(Optional.of("http://proxy:3128"), sales.proxy());
        assertEquals(Optional.of("own.pem"), apps.app("bare").orElseThrow().ca());
        assertTrue(apps.app("bare").orElseThrow().verify());
    }

    @Test
    void aRequestIsCompletedByItsApp() {
        JoinRequest request = apps(TWO, false).complete(request().app("sales").build());
        assertEquals(Optional.of("sales"), request.clientId());
        assertEquals(Optional.of("sales-secret"), request.clientSecret());
        assertEquals(Optional.of("sales.pem"), request.ca());
        assertEquals(Optional.of(false), request.verify());
        assertEquals(Optional.of("http://proxy:3128"), request.proxy());
    }

    @Test
    void whatARequestGivesItselfWins() {
        JoinRequest given = request()
                .app("sales")
                .credentials("mine", "my-secret")
                .ca("my.pem")
                .verify(true)
                .proxy("http://mine:1")
                .build();
        assertEquals(given, apps(TWO, false).complete(given));
    }

    @Test
    void aSignatureNeedsNoCredentials() {
        JoinRequest signed = request().app("bare").signature("signed").build();
        JoinRequest complete = apps(TWO, false).complete(signed);
        assertEquals(Optional.of("signed"), complete.signature());
        assertEquals(Optional.empty(), complete.clientId());
    }

    @Test
    void saysWhatToSetForAnAppThatIsMissingOrCannotSign() {
        Apps apps = apps(TWO, false);
        assertEquals(
                "app nobody is not configured: set rtms.apps.nobody.client-id and rtms.apps.nobody.client-secret",
                refusal(apps, request().app("nobody").signature("signed")));
        assertEquals(
                "app bare has no client id and secret: set rtms.apps.bare.client-id and rtms.apps.bare.client-secret",
                refusal(apps, request().app("bare")));
        assertEquals(
                "app default has no client id and secret: set ZM_RTMS_CLIENT and ZM_RTMS_SECRET (rtms.app.client-id, rtms.app.client-secret)",
                refusal(apps(Map.of(), false), request()));
    }

    @Test
    void inventsSecretsForTheDefaultAppOnlyWhileTheSimulatorRuns() {
        assertFalse(apps(Map.of(), false).defaultApp().hasSecrets());
        App simulated = apps(Map.of(), true).defaultApp();
        assertTrue(simulated.hasCredentials());
        assertEquals(1, simulated.webhookSecrets().size());
        assertNotEquals(
                simulated.clientSecret(), apps(Map.of(), true).defaultApp().clientSecret());
        assertEquals(Optional.of("own-secret"), apps(TWO, true).defaultApp().clientSecret());
        assertFalse(apps(TWO, true).app("bare").orElseThrow().hasCredentials());
    }

    @ParameterizedTest
    @ValueSource(strings = {"default", "\"a/b\"", "\"a b\"", "\"-a\""})
    void refusesNamesThatCannotStandInAPath(String name) {
        Map<String, String> config = Map.of("rtms.apps." + name + ".client-id", "x");
        String message = assertThrows(IllegalArgumentException.class, () -> apps(config, false))
                .getMessage();
        assertTrue(message.startsWith("rtms.apps." + name.replace("\"", "")), message);
    }

    @Test
    void keepsItsSecretsToItself() {
        apps(TWO, false).names().stream()
                .map(name -> apps(TWO, false).app(name).orElseThrow().toString())
                .forEach(text -> assertFalse(text.contains("secret"), text));
    }

    @ParameterizedTest
    @ValueSource(strings = {"   ", "new, ,old", "new, "})
    void refusesASecretThatEverybodyKnows(String secrets) {
        Map<String, String> config = Map.of("rtms.apps.sales.webhook-secrets", secrets);
        assertEquals(
                "rtms.apps.sales.webhook-secrets has an empty secret in its list: leave no comma without one",
                assertThrows(IllegalArgumentException.class, () -> apps(config, false))
                        .getMessage());
    }

    @Test
    void blanksAroundASecretAreNotPartOfIt() {
        App sales = apps(Map.of("rtms.apps.sales.webhook-secrets", " new , old "), false)
                .app("sales")
                .orElseThrow();
        assertEquals(List.of("new", "old"), sales.webhookSecrets());
    }

    @Test
    void anAppCanBeConfiguredByTheEnvironmentAlone() {
        Map<String, String> variables = Map.of(
                "RTMS_APPS_SALES_CLIENT_ID", "sales",
                "RTMS_APPS_SALES_CLIENT_SECRET", "sales-secret",
                "RTMS_APPS_SALES_WEBHOOK_SECRETS", "new,old");
        App sales = apps(
                        builder()
                                .withSources(new EnvConfigSource(variables, 300))
                                .build(),
                        false)
                .app("sales")
                .orElseThrow();
        assertTrue(sales.hasCredentials());
        assertEquals(List.of("new", "old"), sales.webhookSecrets());
    }

    private static String refusal(Apps apps, JoinRequest.Builder request) {
        return assertThrows(IllegalArgumentException.class, () -> apps.complete(request.build()))
                .getMessage();
    }

    private static JoinRequest.Builder request() {
        return JoinRequest.builder().meetingUuid("m").streamId("s").serverUrls("wss://a.zoom.us");
    }

    private static Apps apps(Map<String, String> values, boolean simulated) {
        return apps(builder().withDefaultValues(new HashMap<>(values)).build(), simulated);
    }

    private static SmallRyeConfigBuilder builder() {
        return new SmallRyeConfigBuilder()
                .addDefaultInterceptors()
                .withMapping(Apps.DefaultApp.class)
                .withMapping(Apps.NamedApps.class);
    }

    private static Apps apps(SmallRyeConfig config, boolean simulated) {
        return new Apps(
                config.getConfigMapping(Apps.DefaultApp.class),
                config.getConfigMapping(Apps.NamedApps.class),
                Optional.empty(),
                config.getOptionalValue("rtms.tls.ca", String.class),
                true,
                simulated);
    }
}
