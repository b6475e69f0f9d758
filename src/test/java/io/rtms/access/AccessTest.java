package io.rtms.access;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AccessTest {
    private final MeterRegistry metrics = new SimpleMeterRegistry();

    @Test
    void anyOfTheTokensLetsIn() {
        Access access = access(List.of("one", " two "), false);
        assertEquals(Optional.empty(), check(access, Optional.of("one"), Scope.api()));
        assertEquals(Optional.empty(), check(access, Optional.of("two"), Scope.relay("stream")));
        assertEquals(Optional.of(Refusal.WRONG_TOKEN), check(access, Optional.of("three"), Scope.api()));
        assertEquals(Optional.of(Refusal.WRONG_TOKEN), check(access, Optional.of(""), Scope.api()));
        assertEquals(Optional.of(Refusal.NO_TOKEN), check(access, Optional.empty(), Scope.api()));
        assertEquals(Optional.empty(), access.randomToken());
    }

    @Test
    void makesATokenWhereNoneIsConfigured() {
        Access access = access(List.of(), false);
        String token = access.randomToken().orElseThrow();
        assertEquals(32, token.length(), "24 random bytes");
        assertEquals(Optional.empty(), check(access, Optional.of(token), Scope.api()));
        assertEquals(Optional.of(Refusal.NO_TOKEN), check(access, Optional.empty(), Scope.api()));
        assertNotEquals(token, access(List.of(" "), false).randomToken().orElseThrow());
    }

    @Test
    void openLetsEverybodyIn() {
        Access access = access(List.of("one"), true);
        assertEquals(Optional.empty(), check(access, Optional.empty(), Scope.api()));
        assertEquals(Optional.empty(), check(access, Optional.of("three"), Scope.relay()));
        assertTrue(access.isOpen());
    }

    @Test
    void countsRefusals() {
        access(List.of("one"), false).refused(Refusal.WRONG_TOKEN, AuditLog.Door.API, "192.0.2.1:1", "GET /api");
        assertEquals(
                1,
                metrics.counter("rtms.access.refused", "reason", "wrong_token").count());
    }

    @ParameterizedTest
    @CsvSource({
        "http://localhost:8080, localhost:8080, true",
        "HTTP://LOCALHOST:8080, localhost:8080, true",
        "https://rtms.example.com, rtms.example.com, true",
        "https://rtms.example.com, rtms.example.com:443, true",
        "http://rtms.example.com, rtms.example.com:80, true",
        "https://app.example.com, rtms.example.com, true",
        "https://app.example.com:443, rtms.example.com, true",
        "http://app.example.com, rtms.example.com, false",
        "https://app.example.com.evil.example, rtms.example.com, false",
        "http://localhost:8081, localhost:8080, false",
        "https://rtms.example.com:8443, rtms.example.com, false",
        "null, localhost:8080, false",
        "'', localhost:8080, false",
        "://, '', false",
        "http://[, '[', false",
        "http://localhost, '', false"
    })
    void comparesOrigins(String origin, String host, boolean allowed) {
        Access access = access(List.of("one"), false, "https://app.example.com/");
        Optional<Refusal> refusal = access.checkOrigin(Optional.of(origin), Optional.of(host));
        assertEquals(allowed ? Optional.empty() : Optional.of(Refusal.FOREIGN_ORIGIN), refusal);
    }

    @Test
    void aStarAllowsAllOriginsAndNoOriginIsNoBrowser() {
        Optional<String> host = Optional.of("localhost");
        Access any = access(List.of("one"), false, "*");
        assertEquals(Optional.empty(), any.checkOrigin(Optional.of("https://anything.example"), host));
        assertEquals(Optional.empty(), access(List.of("one"), false).checkOrigin(Optional.empty(), host));
    }

    @ParameterizedTest
    @CsvSource({
        "localhost:8080, true",
        "LOCALHOST, true",
        "localhost., true",
        "app.localhost:8080, true",
        "127.0.0.1:8080, true",
        "192.0.2.7, true",
        "[::1]:8080, true",
        "rtms.example.com, true",
        "RTMS.example.com.:443, true",
        "evil.example, false",
        "evil_name.example:8080, false",
        "localhost.evil.example, false",
        "evil-localhost, false",
        "127.0.0.1.evil.example, false",
        "127.0.0.1x, false",
        "x[::1], false",
        "'', false",
        "rtms.example.com:443:evil, false"
    })
    void withoutTokensItIsAskedForByKnownNamesOnly(String host, boolean allowed) {
        Optional<Refusal> expected = allowed ? Optional.empty() : Optional.of(Refusal.FOREIGN_HOST);
        assertEquals(expected, access(true, "rtms.example.com").checkHost(Optional.of(host)));
        assertEquals(
                expected, access(false, "rtms.example.com").checkHost(Optional.of(host)), "and where it is asked to");
    }

    @Test
    void theNameMattersNotWhereTokensAreAskedForOrAStarSaysSo() {
        Optional<String> evil = Optional.of("evil.example");
        assertEquals(Optional.empty(), access(false, "").checkHost(evil));
        assertEquals(Optional.empty(), access(true, "*").checkHost(evil));
        assertEquals(Optional.of(Refusal.FOREIGN_HOST), access(true, "").checkHost(evil));
        assertEquals(Optional.empty(), access(true, "").checkHost(Optional.empty()), "no browser");
        assertEquals(
                Optional.of(Refusal.FOREIGN_HOST),
                access(true, "").checkOrigin(Optional.of("http://evil.example"), evil),
                "to the browser it is one origin");
    }

    private Access access(boolean open, String hosts) {
        AccessConfig config = TestAccess.config(Map.of(
                "rtms.access.tokens", "one", "rtms.access.open", String.valueOf(open), "rtms.access.hosts", hosts));
        return new Access(config, new Tickets(config, new HeldTickets(config)), new AuditLog(), metrics);
    }

    private static Optional<Refusal> check(Access access, Optional<String> token, Scope scope) {
        Admission admission = access.admit(token, Optional.empty(), scope)
                .toCompletableFuture()
                .join();
        return admission instanceof Admission.Refused refused ? Optional.of(refused.refusal()) : Optional.empty();
    }

    private Access access(List<String> tokens, boolean open, String... origins) {
        AccessConfig config = TestAccess.config(Map.of(
                "rtms.access.tokens", String.join(",", tokens),
                "rtms.access.open", String.valueOf(open),
                "rtms.access.origins", String.join(",", origins)));
        return new Access(config, new Tickets(config, new HeldTickets(config)), new AuditLog(), metrics);
    }
}
