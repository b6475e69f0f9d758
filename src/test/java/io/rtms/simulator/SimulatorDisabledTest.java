package io.rtms.simulator;

import static org.hamcrest.Matchers.containsString;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.restassured.RestAssured;
import io.restassured.specification.RequestSpecification;
import io.rtms.simulator.script.MeetingScript;
import jakarta.inject.Inject;
import java.util.Map;
import org.junit.jupiter.api.Test;

@QuarkusTest
@TestProfile(SimulatorDisabledTest.Disabled.class)
class SimulatorDisabledTest {
    public static class Disabled implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of("rtms.simulator.enabled", "false");
        }
    }

    @Inject
    Simulator simulator;

    @Test
    void listensNowhereAndPlaysNothing() {
        IllegalStateException e = assertThrows(IllegalStateException.class, simulator::gatewayUrl);
        assertTrue(e.getMessage().contains("rtms.simulator.enabled"));
        assertThrows(IllegalStateException.class, () -> simulator.play(MeetingScript.demo(), PlayOptions.defaults()));
        assertTrue(simulator.meetings().isEmpty());
    }

    @Test
    void hasNoDoors() {
        RequestSpecification client = RestAssured.given().header("Authorization", "Bearer test-token");
        client.get("/simulator/meetings")
                .then()
                .statusCode(404)
                .contentType("application/problem+json")
                .body("detail", containsString("rtms.simulator.enabled"));
        client.post("/simulator/meetings").then().statusCode(404);
        client.post("/simulator/meetings/x/faults").then().statusCode(404);
        client.delete("/simulator/meetings/x").then().statusCode(404);
        client.post("/simulator/gateway/restart").then().statusCode(404);
    }
}
