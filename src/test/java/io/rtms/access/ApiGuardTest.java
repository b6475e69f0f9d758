package io.rtms.access;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.startsWith;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
class ApiGuardTest {
    private static final String TRANSCRIPT = "/api/streams/nobody/transcript";

    @Inject
    MeterRegistry metrics;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/api",
                "/api/",
                TRANSCRIPT,
                "/api/streams/nobody/events",
                "/api/what/is/not/there",
                "//api/streams/nobody/transcript",
                "/%61pi/streams/nobody/transcript",
                "/x/../api/streams/nobody/transcript",
                "/./api/streams/nobody/transcript",
                "/api;a=b/streams/nobody/transcript",
                "/simulator",
                "/simulator/meetings",
                "/x/../simulator/gateway/restart"
            })
    void asksForAToken(String path) {
        given().urlEncodingEnabled(false)
                .get(path)
                .then()
                .statusCode(401)
                .contentType("application/problem+json")
                .header("WWW-Authenticate", startsWith("Bearer"))
                .body("status", equalTo(401));
    }

    @ParameterizedTest
    @CsvSource({
        "Bearer test-token, '', 404",
        "bearer test-token, '', 404",
        "Bearer wrong, '', 401",
        "Basic test-token, '', 401",
        "'', ?token=test-token, 404",
        "'', ?token=wrong, 401",
        "'', ?token=, 401",
        "Bearer wrong, ?token=test-token, 401"
    })
    void comparesTheToken(String authorization, String query, int status) {
        given().header("Authorization", authorization)
                .get(TRANSCRIPT + query)
                .then()
                .statusCode(status);
    }

    @Test
    void changesNothingWithATokenInTheUrl() {
        given().post("/api/streams?token=test-token").then().statusCode(401);
    }

    @Test
    void leavesEverythingElseAlone() {
        given().get("/q/health/live").then().statusCode(200);
        given().get("/apis").then().statusCode(404);
    }

    @Test
    void countsRefusals() {
        double before = refusals();
        given().header("Authorization", "Bearer wrong").get(TRANSCRIPT).then().statusCode(401);
        assertEquals(before + 1, refusals());
    }

    private double refusals() {
        return metrics.counter("rtms.access.refused", "reason", "wrong_token").count();
    }
}
