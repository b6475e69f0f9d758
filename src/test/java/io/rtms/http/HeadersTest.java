package io.rtms.http;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.nullValue;

import io.quarkus.test.junit.QuarkusTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What browsers are told with every answer, and the form of errors that nobody wrote. */
@QuarkusTest
class HeadersTest {
    @ParameterizedTest
    @CsvSource({
        "/, 200",
        "/live/app.js, 200",
        "/live/favicon.svg, 200",
        "/api/streams, 401",
        "/api/streams?token=test-token, 200",
        "/api/nothing?token=test-token, 404",
        "/nothing, 404",
        "/webhook, 405",
        "/q/health/live, 200"
    })
    void everyAnswerIsForThisSiteAloneAndIsWhatItSays(String path, int status) {
        given().get(path)
                .then()
                .statusCode(status)
                .header("X-Content-Type-Options", "nosniff")
                .header("Referrer-Policy", "no-referrer")
                .header("Cross-Origin-Resource-Policy", "same-origin")
                .header("Strict-Transport-Security", nullValue());
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "/live/", "/live/index.html", "/live/app.js"})
    void thePageLoadsItsOwnThingsAndIsInNobodysFrame(String path) {
        given().get(path)
                .then()
                .statusCode(200)
                .header("Content-Security-Policy", containsString("default-src 'self'"))
                .header("Content-Security-Policy", containsString("frame-ancestors 'none'"))
                .header("Content-Security-Policy", not(containsString("unsafe")))
                .header("Cross-Origin-Opener-Policy", "same-origin")
                .header("Cache-Control", "no-cache");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"/api/streams", "/api/streams?token=test-token", "/nothing", "/webhook", "/api/nothing", "/live"
            })
    void whatIsNoPageIsNotShownAsOne(String path) {
        given().get(path).then().header("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/q/health/live", "/q/swagger-ui/"})
    void theFrameworksOwnPagesMayShowThemselves(String path) {
        given().get(path).then().statusCode(200).header("Content-Security-Policy", nullValue());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/api/streams",
                "/api/streams?token=test-token",
                "/api/streams/nobody/transcript?token=test-token",
                "//api/streams?token=test-token",
                "/%61pi/streams?token=test-token",
                "/api"
            })
    void nobodyKeepsWhatTheApiSays(String path) {
        given().urlEncodingEnabled(false).get(path).then().header("Cache-Control", "no-store");
    }

    @ParameterizedTest
    @CsvSource({"GET, /webhook, 405", "PATCH, /api/streams, 405", "GET, /api/nothing, 404", "POST, /api/loops, 405"})
    void errorsOfTheFrameworkAreProblemsToo(String method, String path, int status) {
        given().header("Authorization", "Bearer test-token")
                .request(method, path)
                .then()
                .statusCode(status)
                .contentType("application/problem+json")
                .body("status", equalTo(status));
    }

    @Test
    void anAnswerThatIsNotWantedIsAProblem() {
        given().header("Authorization", "Bearer test-token")
                .accept("image/png")
                .get("/api/streams")
                .then()
                .statusCode(406)
                .contentType("application/problem+json");
    }
}
