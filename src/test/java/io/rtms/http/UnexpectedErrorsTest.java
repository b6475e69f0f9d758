package io.rtms.http;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.not;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.junit.QuarkusTest;
import io.rtms.LogLines;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Faults of our own: a problem for the client, and for the operator what happened, but no query. */
@QuarkusTest
class UnexpectedErrorsTest {
    private final LogLines log = new LogLines();

    @BeforeEach
    void listen() {
        log.begin();
    }

    @AfterEach
    void listenNoMore() {
        log.end();
    }

    @Test
    void areProblemsAndAreLoggedWithThePathAlone() {
        given().get("/api/failing?token=test-token&ticket=classified")
                .then()
                .statusCode(500)
                .contentType("application/problem+json")
                .body("status", equalTo(500))
                .body("detail", not(containsString("on purpose")));
        assertEquals(1, log.with("ERROR").size(), log.text());
        String line = log.with("ERROR").getFirst();
        assertTrue(line.contains("GET /api/failing failed"), line);
        assertTrue(line.contains("IllegalStateException: on purpose"), line);
        assertFalse(line.contains("test-token") || line.contains("classified"), "the query is in the log");
    }
}
