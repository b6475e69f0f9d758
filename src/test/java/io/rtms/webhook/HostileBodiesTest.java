package io.rtms.webhook;

import static io.restassured.RestAssured.given;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.rtms.LogLines;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.http.StreamResetException;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Bodies that are too large, too slow, or not what they are said to be. */
@QuarkusTest
@TestProfile(HostileBodiesTest.Impatient.class)
class HostileBodiesTest {
    private static final String SECRET = "the-webhook-secret";

    /** Little patience with bodies, and word of it. */
    public static final class Impatient implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of(
                    "rtms.webhook.secrets", SECRET,
                    "rtms.http.body-timeout", "1S",
                    "quarkus.log.category.\"io.rtms.http\".level", "DEBUG");
        }
    }

    @TestHTTPResource
    URI server;

    @Inject
    Vertx vertx;

    private final String marker = UUID.randomUUID().toString();
    private final LogLines log = new LogLines();

    @BeforeEach
    void listen() {
        log.begin();
    }

    @AfterEach
    void noErrorIsLogged() {
        log.end();
        assertFalse(log.text().contains("ERROR"), () -> "an error of ours: " + log.text());
    }

    @Test
    void saysWhatIsWrongWithABody() {
        assertRefused("the body has a name twice", "{\"event\":\"a\",\"event\":\"b\",\"event_ts\":1,\"payload\":{}}");
        assertRefused("the body begins with a byte order mark", "\uFEFF" + marker(marker));
        assertRefused("the body goes on after its JSON object", marker(marker) + "{}");
        assertRefused("the body is nested deeper than 32", "{\"event\":" + "[".repeat(60_000));
        assertRefused("number of more than 64", "{\"event_ts\":" + "9".repeat(60_000) + "}");
        assertRefused("the body is not UTF-8", marker(marker + "ü").getBytes(StandardCharsets.ISO_8859_1));
        assertRefused("the body is not", marker(marker).getBytes(Charset.forName("UTF-16")));
        assertRefused("the body is no JSON object", "");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "text/plain",
                "application/json",
                "application/json; charset",
                "application/cloudevents+json; charset=latin1"
            })
    void takesWhateverMediaTypeItIsSaidToBe(String type) {
        String answer = postAs(type);
        assertTrue(answer.startsWith("HTTP/1.1 204"), answer);
    }

    @ParameterizedTest
    @ValueSource(strings = {"x", ";", "/"})
    void saysSoWhereAMediaTypeIsNone(String type) {
        String answer = postAs(type);
        assertTrue(answer.startsWith("HTTP/1.1 400"), answer);
        assertTrue(answer.contains("application/problem+json"), answer);
    }

    private String postAs(String type) {
        String body = marker(marker);
        Map<String, String> headers = ZoomSignature.headers(SECRET, body, ZoomSignature.now());
        return raw("POST /webhook HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"
                + (type.isEmpty() ? "" : "Content-Type: " + type + "\r\n")
                + "x-zm-signature: " + headers.get("x-zm-signature") + "\r\n"
                + "x-zm-request-timestamp: " + headers.get("x-zm-request-timestamp") + "\r\n"
                + "Content-Length: " + body.length() + "\r\n\r\n" + body);
    }

    @Test
    void refusesABodyThatIsTooLargeHoweverItComes() {
        String chunk = "8000\r\n" + "x".repeat(0x8000) + "\r\n";
        String answer = raw(
                "POST /webhook HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n" + chunk.repeat(3));
        assertTrue(answer.startsWith("HTTP/1.1 413"), answer);
        String announced = raw("POST /webhook HTTP/1.1\r\nHost: localhost\r\nContent-Length: 100000000000\r\n\r\n"
                + "x".repeat(70_000));
        assertTrue(announced.startsWith("HTTP/1.1 413"), announced);
    }

    @Test
    void hangsUpOnTheRestOfABodyThatIsTooLarge() throws Exception {
        try (Socket socket = new Socket("localhost", server.getPort())) {
            socket.setSoTimeout(20_000);
            OutputStream out = socket.getOutputStream();
            out.write(("POST /webhook HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1000000\r\n\r\n"
                            + "x".repeat(70_000))
                    .getBytes(StandardCharsets.US_ASCII));
            out.flush();
            Thread drip = Thread.startVirtualThread(() -> drip(out));
            String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
            assertTrue(answer.startsWith("HTTP/1.1 413"), answer);
            drip.join(Duration.ofSeconds(20));
        }
    }

    @Test
    void hangsUpOnABodyThatDoesNotCome() throws Exception {
        try (Socket socket = new Socket("localhost", server.getPort())) {
            socket.setSoTimeout(20_000);
            OutputStream out = socket.getOutputStream();
            out.write("POST /webhook HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1000\r\n\r\n{"
                    .getBytes(StandardCharsets.US_ASCII));
            out.flush();
            Thread drip = Thread.startVirtualThread(() -> drip(out));
            assertEquals("", new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII));
            drip.join(Duration.ofSeconds(20));
        }
        given().get("/q/health/live").then().statusCode(200);
    }

    /** Behind a proxy one HTTP/2 connection may carry everybody's requests. */
    @Test
    void endsOnlyTheRequestWhereOthersShareItsConnection() throws Exception {
        HttpClient client = vertx.createHttpClient(new HttpClientOptions()
                .setProtocolVersion(HttpVersion.HTTP_2)
                .setHttp2ClearTextUpgrade(false)
                .setHttp2MaxPoolSize(1));
        HttpClientRequest slow = get(client.request(HttpMethod.POST, server.getPort(), "localhost", "/webhook"));
        slow.exceptionHandler(expected -> {});
        Future<HttpClientResponse> answer = slow.response();
        HttpConnection connection = slow.connection();
        get(slow.setChunked(true).write("{"));
        CompletionException ended = assertThrows(CompletionException.class, () -> get(answer));
        assertInstanceOf(StreamResetException.class, ended.getCause());
        HttpClientRequest other = get(client.request(HttpMethod.GET, server.getPort(), "localhost", "/q/health/live"));
        assertSame(connection, other.connection());
        assertEquals(200, get(other.send()).statusCode());
        await().until(() -> !log.with("POST /webhook has likely hung up").isEmpty());
        get(client.close());
    }

    private static <T> T get(Future<T> future) {
        return future.toCompletionStage()
                .toCompletableFuture()
                .orTimeout(20, TimeUnit.SECONDS)
                .join();
    }

    /** A byte now and then, as long as somebody listens. */
    private static void drip(OutputStream out) {
        try {
            for (int i = 0; i < 900; i++) {
                out.write(' ');
                out.flush();
                Thread.sleep(100);
            }
        } catch (IOException e) {
            // the service has hung up
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void assertRefused(String why, String body) {
        assertRefused(why, body.getBytes(StandardCharsets.UTF_8));
    }

    private void assertRefused(String why, byte[] body) {
        String timestamp = ZoomSignature.now();
        given().header("x-zm-signature", "v0=" + ZoomSignature.hmac(SECRET, "v0:" + timestamp + ":", body))
                .header("x-zm-request-timestamp", timestamp)
                .body(body)
                .post("/webhook")
                .then()
                .statusCode(400)
                .contentType("application/problem+json")
                .body("detail", containsString(why));
    }

    /** What is answered to these bytes, up to the end of its headers. */
    private String raw(String request) {
        try (Socket socket = new Socket("localhost", server.getPort())) {
            socket.setSoTimeout(20_000);
            Thread.startVirtualThread(() -> send(socket, request));
            StringBuilder answer = new StringBuilder();
            int next = socket.getInputStream().read();
            while (next >= 0 && answer.indexOf("\r\n\r\n") < 0) {
                answer.append((char) next);
                next = socket.getInputStream().read();
            }
            return answer.toString();
        } catch (IOException e) {
            throw new AssertionError("no answer", e);
        }
    }

    private static void send(Socket socket, String request) {
        try {
            socket.getOutputStream().write(request.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            // whoever has answered need not listen
        }
    }

    private static String marker(String marker) {
        return "{\"event\":\"app.marker\",\"event_ts\":7,\"payload\":{\"marker\":\"%s\"}}".formatted(marker);
    }
}
