package io.rtms.access;

import static io.restassured.RestAssured.given;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.rtms.LogLines;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Escapes that are none: they must neither fill the log nor bring a token into it. */
@QuarkusTest
class MalformedRequestsTest {
    @TestHTTPResource
    URI server;

    @Inject
    MeterRegistry metrics;

    private final LogLines log = new LogLines();

    @BeforeEach
    void listen() {
        log.begin();
    }

    @AfterEach
    void neitherErrorsNorTokensAreLogged() {
        log.end();
        assertFalse(log.text().contains("ERROR"), () -> "an error of ours: " + log.text());
        assertFalse(log.text().contains("test-token"), "a token is in the log");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET /api?token=%zz",
                "GET /api/streams?token=test-token&x=%",
                "GET /api/streams/nobody/events?ticket=test-token&after=%1",
                "POST /api/streams?x=%zz",
                "GET /simulator/meetings?%",
                "GET /ws/transcripts?token=test-token&x=%",
                "POST /webhook?x=%zz",
                "GET /?token=test-token&x=%",
                "GET /%",
                "GET /%2",
                "GET /%zz?token=test-token",
                "GET /api/%+1?token=test-token",
                "GET /api/streams/\u0085?token=test-token"
            })
    void areRefused(String request) throws IOException {
        String answer = raw(request);
        assertTrue(answer.startsWith("HTTP/1.1 400 "), answer);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET /api/streams/%c3%28?token=test-token",
                "POST /api%c0%afstreams;",
                "GET /%ff/api?token=test-token",
                "GET /api/streams/\u00e9?token=test-token"
            })
    void pathsThatAreNotUtf8AreProblemsAndAreCounted(String request) throws IOException {
        double before = refusals();
        String answer = raw(request);
        assertTrue(answer.startsWith("HTTP/1.1 400 "), answer);
        assertTrue(answer.toLowerCase(Locale.ROOT).contains("content-type: application/problem+json"), answer);
        assertEquals(before + 1, refusals());
    }

    /** Another test may have had its ten lines just now: then it takes a second until there is one more. */
    @Test
    void pathsThatAreNotUtf8AreWrittenDownWithoutTheQuery() {
        await().until(() -> {
            raw("GET /api/%ff?token=test-token");
            return log.with("door=api what=\"GET /api/%ff\" who=\"127.0.0.1:").stream()
                    .anyMatch(line -> line.contains("UTF-8"));
        });
    }

    @Test
    void doNotDisturbOthers() {
        given().get("/q/health/live?x=%25").then().statusCode(200);
    }

    private String raw(String request) throws IOException {
        try (Socket socket = new Socket("localhost", server.getPort())) {
            socket.setSoTimeout(20_000);
            socket.getOutputStream()
                    .write((request + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nContent-Length: 0\r\n\r\n")
                            .getBytes(StandardCharsets.ISO_8859_1));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
        }
    }

    private double refusals() {
        return metrics.counter("rtms.access.refused", "reason", "unclear_path").count();
    }
}
