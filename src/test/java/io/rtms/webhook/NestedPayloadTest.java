package io.rtms.webhook;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import java.util.Map;

/** The same where the fields of webhooks stand in {@code payload.object}. */
@QuarkusTest
@TestProfile(NestedPayloadTest.Nested.class)
class NestedPayloadTest extends ProductsTest {
    /** As some of Zoom's documents show it. */
    public static class Nested implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of("rtms.simulator.nested-payload", "true");
        }
    }
}
