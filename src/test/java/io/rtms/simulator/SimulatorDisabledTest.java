package io.rtms.simulator;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
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
}
