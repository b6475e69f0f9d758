package io.rtms.transcript.relay;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.handler.codec.http.QueryStringDecoder;
import io.rtms.access.Grant;
import io.rtms.fuzz.Fuzzing;
import io.rtms.transcript.log.EntryKind;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What clients of the relay send: messages, and the parameters of their URL. */
class ClientMessagesFuzzTest {
    private static final Grant TICKET = new Grant("s1", Set.of("transcript", "chat"));

    @Test
    void aMessageIsReadOrRefusedInWords() throws InterruptedException {
        Fuzzing.fuzz("client-message", bytes -> {
            try {
                return outcome(ClientMessages.parse(new String(bytes, StandardCharsets.UTF_8)));
            } catch (BadMessage e) {
                return words(e);
            }
        });
    }

    @Test
    void aUrlIsReadOrRefusedInWords() throws InterruptedException {
        Fuzzing.fuzz("client-query", bytes -> {
            try {
                String query = new String(bytes, StandardCharsets.UTF_8);
                return ClientMessages.parseQuery(new QueryStringDecoder(query, false).parameters())
                        .map(ClientMessagesFuzzTest::outcome)
                        .orElse("no stream");
            } catch (BadMessage e) {
                return words(e);
            } catch (IllegalArgumentException e) {
                return "no query"; // the socket closes with 4400 then
            }
        });
    }

    private static String outcome(ClientMessage message) {
        return switch (message) {
            case ClientMessage.Subscribe subscribe -> {
                assertTrue(
                        !subscribe.streamId().isEmpty() && subscribe.streamId().length() <= 512);
                assertFalse(subscribe.kinds().isEmpty());
                Optional<ClientMessage.Subscribe> allowed = subscribe.within(TICKET);
                allowed.ifPresent(some -> {
                    assertTrue(some.streamId().equals("s1"), "a ticket opens its own stream");
                    assertTrue(Set.of(EntryKind.TRANSCRIPT, EntryKind.CHAT).containsAll(some.kinds()), "and kinds");
                });
                yield subscribe.start().getClass() + " " + subscribe.kinds().size() + allowed.isPresent();
            }
            case ClientMessage.Unsubscribe unsubscribe -> "unsubscribe";
            case ClientMessage.Ping ping -> "ping";
        };
    }

    private static String words(BadMessage e) {
        assertTrue(e.getMessage().length() < 200 && !e.getMessage().contains("xception"), e.getMessage());
        return e.getMessage() + e.isFatal();
    }
}
