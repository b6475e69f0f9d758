package io.rtms.ops;

import static io.restassured.RestAssured.given;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

@QuarkusTest
@TestProfile(HttpMetricsTest.Unsuppressed.class)
class HttpMetricsTest {
    /** As in a program that embeds the service. */
    public static final class Unsuppressed implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of("quarkus.micrometer.binder.http-server.suppress4xx-errors", "false");
        }
    }

    /** Only so many paths become labels: whoever may make them up could use up the room of those that are real. */
    @Test
    void noStrangersPathBecomesALabel() {
        String random = UUID.randomUUID().toString();
        for (String path : List.of("/api/%s", "/simulator/%s", "/api%%2F%s", "/%s", "/webhook/%s", "/live/%s")) {
            given().urlEncodingEnabled(false).get(path.formatted(random));
            given().urlEncodingEnabled(false).post(path.formatted(random));
        }
        given().header("Authorization", "Bearer test-token")
                .delete("/api/streams/" + random)
                .then()
                .statusCode(404);
        given().header("Authorization", "Bearer test-token")
                .get("/api/loops")
                .then()
                .statusCode(200);
        await().until(() -> page().contains("uri=\"/api/loops\""));
        assertFalse(
                page().contains(random),
                () -> page().lines()
                        .filter(line -> line.contains(random))
                        .toList()
                        .toString());
    }

    private static String page() {
        return given().get("/q/metrics").then().statusCode(200).extract().asString();
    }
}
