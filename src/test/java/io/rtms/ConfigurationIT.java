package io.rtms;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.containsString;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.Test;

/** The packaged application reads at its start what was not there when it was built. */
class ConfigurationIT {
    @Test
    void theNamesOfZoomsSdkAreRead() throws Exception {
        Map<String, String> zooms = Map.of(
                "ZM_RTMS_CLIENT", "client",
                "ZM_RTMS_SECRET", "secret",
                "ZM_RTMS_WEBHOOK_SECRET", "webhook-secret",
                "ZM_RTMS_PATH", "/zoom",
                "rtms.stream.journal-dir", "",
                "rtms.transcripts.dir", "");
        try (Service service = Service.start(zooms)) {
            int port = service.port();
            given().port(port).body("{}").post("/zoom").then().statusCode(401);
            given().port(port).body("{}").post("/zooom").then().statusCode(404);
            given().port(port)
                    .get("/q/health/ready")
                    .then()
                    .statusCode(200)
                    .body(containsString("\"default\": \"set\""));
        }
    }

    @Test
    void aMistypedKeyStopsTheStartAndSaysWhatMayBeMeant() throws Exception {
        try (Service service = Service.start(Map.of("rtms.webhook.maxage", "5M"))) {
            ExecutionException stopped = assertThrows(ExecutionException.class, service::port);
            String log = stopped.getCause().getMessage();
            assertTrue(log.contains("Did you mean rtms.webhook.max-age?"), log);
        }
    }
}
