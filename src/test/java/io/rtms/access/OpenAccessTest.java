package io.rtms.access;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.containsString;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@TestProfile(OpenAccessTest.Open.class)
class OpenAccessTest {
    public static final class Open implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of("rtms.access.open", "true");
        }
    }

    @TestHTTPResource
    URI server;

    @Test
    void letsEverybodyUseTheApi() {
        given().get("/api/streams/nobody/transcript").then().statusCode(404);
    }

    @ParameterizedTest
    @ValueSource(strings = {"https://evil.example", "null", "http://localhost.evil.example", "http://localhost:1"})
    void takesNothingFromPagesOfForeignOrigins(String origin) {
        for (String path :
                List.of("/api/streams", "/api/tickets", "/simulator/meetings", "/simulator/gateway/restart")) {
            given().header("Origin", origin)
                    .contentType("text/plain")
                    .body("{\"streamId\":7}")
                    .post(path)
                    .then()
                    .statusCode(403)
                    .contentType("application/problem+json")
                    .body("detail", containsString("rtms.access.origins"));
        }
        given().header("Origin", origin).get("/api/streams").then().statusCode(403);
    }

    @Test
    void takesWhatPagesOfItsOwnSend() {
        given().header("Origin", "http://localhost:" + server.getPort())
                .body("{\"streamId\":7}")
                .post("/api/tickets")
                .then()
                .statusCode(400)
                .body("detail", containsString("streamId"));
    }

    @Test
    void stillClosesOnForeignOrigins() throws Exception {
        CompletableFuture<Integer> closed = new CompletableFuture<>();
        HttpClient.newHttpClient()
                .newWebSocketBuilder()
                .header("Origin", "https://evil.example")
                .buildAsync(
                        URI.create("ws://localhost:" + server.getPort() + "/ws/transcripts"), new WebSocket.Listener() {
                            @Override
                            public CompletionStage<?> onClose(WebSocket socket, int code, String reason) {
                                closed.complete(code);
                                return null;
                            }
                        })
                .join();
        assertEquals(4403, closed.get(20, TimeUnit.SECONDS));
    }
}
