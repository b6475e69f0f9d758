package io.rtms.access;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.startsWith;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import org.junit.jupiter.api.Test;

@QuarkusTest
class GrantedOnlyTest {
    @Inject
    MeterRegistry metrics;

    @Test
    void whatTheGuardDidNotSeeIsForNobody() {
        double before = refusals();
        given().get("/forgotten")
                .then()
                .statusCode(401)
                .contentType("application/problem+json")
                .header("WWW-Authenticate", startsWith("Bearer"))
                .body("status", equalTo(401));
        given().header("Authorization", "Bearer test-token")
                .post("/forgotten/7")
                .then()
                .statusCode(401);
        assertEquals(before + 2, refusals());
    }

    @Test
    void theWebhooksResourceAnswersForItself() {
        given().body("{}").post("/webhook").then().statusCode(401).body("detail", startsWith("x-zm-signature"));
        given().body("{}").post("/webhook/nobody").then().statusCode(404);
    }

    private double refusals() {
        return metrics.counter("rtms.access.refused", "reason", "no_token").count();
    }
}
