package io.rtms.access;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TicketsTest {
    private static final Grant ONE = new Grant("one", Set.of("transcript"));
    private static final AccessConfig CONFIG = TestAccess.config(Map.of(
            "rtms.access.tokens", "token", "rtms.access.tickets.most", "3", "rtms.access.tickets.max-ttl", "120S"));

    private Instant now = Instant.EPOCH;
    private final Tickets tickets =
            new Tickets(CONFIG.tickets(), new HeldTickets(CONFIG.tickets(), () -> now), () -> now);
    private final Access access = new Access(CONFIG, tickets, new AuditLog(), new SimpleMeterRegistry());

    @Test
    void opensWhatItWasMadeForOnce() {
        Ticket ticket = issue(ONE);
        assertEquals(Optional.of(ONE), redeem(ticket.value()));
        assertEquals(Optional.empty(), redeem(ticket.value()));
    }

    @Test
    void isGoodForAMinuteUnlessAskedOtherwise() {
        Ticket minute = issue(ONE);
        assertEquals(now.plusSeconds(60), minute.expires());
        Ticket longer = tickets.issue(ONE, Optional.of(Duration.ofSeconds(120))).orElseThrow();
        now = now.plusSeconds(60);
        assertEquals(Optional.empty(), redeem(minute.value()));
        assertEquals(Optional.of(ONE), redeem(longer.value()));
    }

    @ParameterizedTest
    @ValueSource(longs = {0, -1, 121, Integer.MAX_VALUE})
    void isGoodForNoOtherTime(long seconds) {
        Optional<Duration> time = Optional.of(Duration.ofSeconds(seconds));
        assertEquals(
                "a ticket is good for 1 to 120 s (rtms.access.tickets.max-ttl)",
                assertThrows(IllegalArgumentException.class, () -> tickets.issue(ONE, time))
                        .getMessage());
    }

    @Test
    void neverMoreThanSoManyAreOut() {
        for (int i = 0; i < 3; i++) {
            issue(ONE);
        }
        assertEquals(Optional.empty(), tickets.issue(ONE, Optional.empty()));
        now = now.plusSeconds(60);
        issue(ONE);
    }

    @Test
    void cannotBeGuessedAndTellsItsValueToNobodyElse() {
        Set<String> values = new HashSet<>();
        for (int i = 0; i < 1000; i++) {
            Ticket ticket = issue(ONE);
            assertTrue(ticket.value().matches("[A-Za-z0-9_-]{43}"), "256 bits, as they may stand in a URL");
            assertFalse(ticket.toString().contains(ticket.value()));
            values.add(ticket.value());
            redeem(ticket.value());
        }
        assertEquals(1000, values.size());
        for (String guess : Set.of("", " ", "*", "x".repeat(100_000))) {
            assertEquals(Optional.empty(), redeem(guess));
        }
    }

    @ParameterizedTest
    @CsvSource({"one, true", "two, false", "*, true"})
    void opensTheRelayOfItsStream(String stream, boolean opens) {
        // With * no stream is named yet: each is compared with the grant when it is.
        Admission admission = admit(Optional.empty(), Optional.of(issue(ONE).value()), Scope.relay(stream));
        assertEquals(opens ? new Admission.Granted(ONE) : new Admission.Refused(Refusal.FOREIGN_STREAM), admission);
    }

    @Test
    void isUsedUpByATryThatFailsToo() {
        Optional<String> ticket = Optional.of(issue(ONE).value());
        admit(Optional.empty(), ticket, Scope.relay("two"));
        assertEquals(new Admission.Refused(Refusal.WRONG_TICKET), admit(Optional.empty(), ticket, Scope.relay("one")));
    }

    @Test
    void opensNothingButTheRelay() {
        Optional<String> ticket =
                Optional.of(issue(new Grant(Scope.ALL_STREAMS, Set.of())).value());
        assertInstanceOf(Admission.Refused.class, admit(Optional.empty(), ticket, Scope.api()));
    }

    @Test
    void helpsNobodyWhoHasAWrongToken() {
        Optional<String> ticket = Optional.of(issue(ONE).value());
        assertEquals(
                new Admission.Refused(Refusal.WRONG_TOKEN), admit(Optional.of("wrong"), ticket, Scope.relay("one")));
        assertEquals(new Admission.Granted(Grant.EVERYTHING), admit(Optional.of("token"), ticket, Scope.relay("one")));
    }

    private Optional<Grant> redeem(String ticket) {
        return tickets.redeem(ticket).toCompletableFuture().join();
    }

    private Admission admit(Optional<String> token, Optional<String> ticket, Scope scope) {
        return access.admit(token, ticket, scope).toCompletableFuture().join();
    }

    private Ticket issue(Grant grant) {
        return tickets.issue(grant, Optional.empty()).orElseThrow();
    }
}
