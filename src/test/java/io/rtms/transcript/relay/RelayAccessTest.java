package io.rtms.transcript.relay;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import java.net.URI;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
class RelayAccessTest {
    private static final Map<String, String> TOKEN = Map.of("Authorization", "Bearer test-token");

    @TestHTTPResource
    URI server;

    @Test
    void closesWithoutAToken() throws Exception {
        assertEquals(4401, closeCode("", Map.of()));
    }

    @Test
    void closesOnAWrongToken() throws Exception {
        assertEquals(4401, closeCode("?token=wrong", Map.of()));
        assertEquals(4401, closeCode("", Map.of("Authorization", "Bearer wrong")));
    }

    @Test
    void takesTheTokenFromTheQuery() throws Exception {
        try (RelayClient client = RelayClient.connect(server.getPort(), "?token=test%2Dtoken", Map.of())) {
            client.next("hello");
        }
    }

    @Test
    void takesTheTokenFromTheHeader() throws Exception {
        try (RelayClient client = RelayClient.connect(server.getPort(), "", TOKEN)) {
            client.next("hello");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"https://evil.example", "null", "http://localhost:1"})
    void closesOnForeignOrigins(String origin) throws Exception {
        assertEquals(4403, closeCode("?token=test-token", Map.of("Origin", origin)));
    }

    @Test
    void welcomesItsOwnPage() throws Exception {
        Map<String, String> own = Map.of("Origin", "http://localhost:" + server.getPort());
        try (RelayClient client = RelayClient.connect(server.getPort(), "?token=test-token", own)) {
            client.next("hello");
        }
    }

    @Test
    void survivesAQueryThatIsNone() throws Exception {
        assertEquals(4401, closeCode("?&&=&token", Map.of()));
    }

    private int closeCode(String query, Map<String, String> headers) throws Exception {
        try (RelayClient client = RelayClient.connect(server.getPort(), query, headers)) {
            return client.closeCode();
        }
    }
}
