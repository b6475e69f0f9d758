package io.rtms.access;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.startsWith;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;
import java.util.List;
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

    /** Who matches the paths of resources decodes more than who normalizes them, once there is a semicolon. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "/api%2Fstreams",
                "/api%2Fstreams;",
                "/api%2fstreams;x=y",
                "/api%2Fstreams/abC/transcript;x",
                "/api%2Ftickets;x",
                "/api%5Cstreams;",
                "/%2Fapi/streams;",
                "/x%2F..%2Fapi%2Fstreams;",
                "/x;/..%2Fapi/streams",
                "/x;%2F..%2Fapi/streams",
                "/;a=b/api/streams",
                "/%3Ba/api/streams;",
                "/api;a=b/streams",
                "/api/streams;a=b",
                "/api/streams%3Ba=b",
                "/api/streams/abC/transcript;x",
                "/simulator%2Fmeetings;x",
                "/simulator/meetings;x",
                "/simulator%2Fgateway%2Frestart;"
            })
    void noOtherFormOfThePathOpensAnything(String path) {
        for (String method : List.of("GET", "HEAD", "POST", "PUT", "DELETE")) {
            raw().request(method, path).then().statusCode(401);
            ValidatableResponse refused = raw().header("Authorization", "Bearer test-token")
                    .request(method, path)
                    .then()
                    .statusCode(400);
            if (!method.equals("HEAD")) {
                refused.contentType("application/problem+json").body("detail", containsString("path"));
            }
        }
    }

    @ParameterizedTest
    @CsvSource({
        "aB%2B%2F9w%3D%3D, aB+/9w==",
        "aB+%2F9w==, aB+/9w==",
        "a%5Cb, a\\b",
        "..%2F..%2Fapi, ../../api",
        "%2525, %25"
    })
    void anIdMayHoldWhatHasToBeEscaped(String escaped, String id) {
        String path = "/api/streams/" + escaped + "/transcript";
        raw().get(path).then().statusCode(401);
        raw().header("Authorization", "Bearer test-token")
                .get(path)
                .then()
                .statusCode(404)
                .body("detail", equalTo("No stream " + id + "."));
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

    private static RequestSpecification raw() {
        return given().urlEncodingEnabled(false);
    }

    private double refusals() {
        return metrics.counter("rtms.access.refused", "reason", "wrong_token").count();
    }
}
