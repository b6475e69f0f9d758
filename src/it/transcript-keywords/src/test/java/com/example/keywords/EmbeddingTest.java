package com.example.keywords;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.config.SmallRyeConfig;
import jakarta.inject.Inject;
import org.eclipse.microprofile.config.spi.ConfigSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Depending on the library makes no other application of this one. */
@QuarkusTest
class EmbeddingTest {
    @Inject
    SmallRyeConfig config;

    @ParameterizedTest
    @CsvSource({
        "quarkus.application.name, transcript-keywords",
        "quarkus.banner.enabled, true",
        "quarkus.log.category.\"io.rtms\".level, inherit",
        "quarkus.smallrye-openapi.info-title,",
        "quarkus.micrometer.binder.http-server.suppress4xx-errors, false"
    })
    void itsSettingsAreItsOwn(String key, String value) {
        assertEquals(value, config.getOptionalValue(key, String.class).orElse(null));
    }

    /** Quarkus reads application.properties of dependencies too. */
    @Test
    void nobodyElsesApplicationPropertiesAreRead() {
        for (ConfigSource source : config.getConfigSources()) {
            String name = source.getName();
            assertTrue(!name.contains("rtms-service") || name.contains("microprofile-config.properties"), name);
        }
    }

    @Test
    void itsAnswersHaveNoHeadersThatItDidNotAskFor() {
        given().get("/q/openapi")
                .then()
                .statusCode(200)
                .header("Content-Security-Policy", nullValue())
                .header("Referrer-Policy", nullValue())
                .header("X-Content-Type-Options", nullValue());
        given().header("Authorization", "Bearer test-token")
                .get("/keywords")
                .then()
                .header("Cache-Control", nullValue())
                .header("Content-Security-Policy", nullValue());
    }

    @Test
    void theLibrarysOwnAnswersHaveTheirs() {
        given().get("/live/")
                .then()
                .statusCode(200)
                .header("Cache-Control", "no-cache")
                .header("X-Content-Type-Options", "nosniff");
        given().get("/api/streams")
                .then()
                .statusCode(401)
                .header("Cache-Control", "no-store")
                .header("X-Content-Type-Options", "nosniff");
    }

    /** What application.properties turns off for tests is off, the others are there. */
    @Test
    void itChoosesAmongTheLibrarysHealthChecks() {
        given().get("/q/health/ready")
                .then()
                .statusCode(200)
                .body("checks.name", hasItem("storage"))
                .body("checks.name", not(hasItem("credentials")));
    }

    @Test
    void itsRootIsItsOwn() {
        given().redirects().follow(false).get("/").then().statusCode(404);
        given().header("Authorization", "Bearer test-token").get("/api").then().statusCode(404);
    }

    @Test
    void theLibrarysApiStandsInItsOpenApiDocumentUnderItsOwnTitle() {
        given().accept("application/json")
                .get("/q/openapi")
                .then()
                .statusCode(200)
                .body("info.title", equalTo("transcript-keywords API"))
                .body("paths.'/api/streams'.get.summary", notNullValue())
                .body("paths.'/keywords'.get", notNullValue());
    }
}
