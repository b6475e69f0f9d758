package io.rtms.ops;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.containsString;

import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import java.net.URI;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Built with {@code quarkus.management.enabled}, health and metrics are on a port of their own and nowhere else. */
@QuarkusTest
@TestProfile(ManagementPortTest.OwnPort.class)
class ManagementPortTest {
    @TestHTTPResource(value = "/", management = true)
    URI management;

    @Test
    void healthAndMetricsAreOnTheirOwnPortAlone() {
        given().get(management.resolve("/q/health/ready")).then().statusCode(200);
        given().get(management.resolve("/q/metrics")).then().statusCode(200).body(containsString("rtms_streams"));
        given().get("/q/health").then().statusCode(404);
        given().get("/q/metrics").then().statusCode(404);
        given().get("/").then().statusCode(200);
        given().get(management.resolve("/api/streams")).then().statusCode(404);
    }

    /** Decided when the service is built. */
    public static class OwnPort implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of("quarkus.management.enabled", "true", "quarkus.management.test-port", "0");
        }
    }
}
