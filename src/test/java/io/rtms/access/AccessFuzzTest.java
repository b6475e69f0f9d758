package io.rtms.access;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.rtms.fuzz.Fuzzing;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Headers by which access is decided: origin, host, authorization. */
class AccessFuzzTest {
    private final AccessConfig config = TestAccess.config(Map.of(
            "rtms.access.tokens", "the-token",
            "rtms.access.origins", "https://app.example.com",
            "rtms.access.hosts", "rtms.example.com"));
    private final Access access =
            new Access(config, new Tickets(config, new HeldTickets(config)), new AuditLog(), new SimpleMeterRegistry());

    @Test
    void headersAreComparedAndNeverFail() throws InterruptedException {
        Fuzzing.fuzz("access", bytes -> {
            String[] lines = new String(bytes, StandardCharsets.UTF_8).split("\n", 3);
            Optional<String> first = Optional.of(lines[0]);
            Optional<String> second = lines.length > 1 ? Optional.of(lines[1]) : Optional.empty();
            Optional<String> token = BearerToken.of(lines.length > 2 ? lines[2] : null, lines[0]);
            Optional<Refusal> origin = access.checkOrigin(first, second);
            Optional<Refusal> host = access.checkHost(first);
            Admission admission = access.admit(token, first, Scope.relay())
                    .toCompletableFuture()
                    .join();
            if (admission instanceof Admission.Granted) {
                assertTrue(token.equals(Optional.of("the-token")), "only the token opens");
            }
            return "" + origin + host + admission;
        });
    }

    @Test
    void noNameIsTakenForAnother() throws InterruptedException {
        List<String> known = List.of("localhost", "rtms.example.com");
        Fuzzing.fuzz("access", bytes -> {
            String host = new String(bytes, StandardCharsets.UTF_8).split("\n", 2)[0];
            boolean allowed = access.checkHost(Optional.of(host)).isEmpty();
            if (allowed) {
                String name = host.strip().toLowerCase(Locale.ROOT).replaceFirst(":[0-9]*$", "");
                String rootless = name.endsWith(".") ? name.substring(0, name.length() - 1) : name;
                assertTrue(
                        known.contains(rootless)
                                || rootless.endsWith(".localhost")
                                || rootless.startsWith("[")
                                || rootless.chars().allMatch(c -> c == '.' || c >= '0' && c <= '9'),
                        host);
            }
            return String.valueOf(allowed);
        });
    }
}
