package io.rtms.stream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.rtms.RtmsManager;
import io.rtms.event.StreamJoined;
import io.rtms.simulator.SimulatedMeeting;
import jakarta.inject.Inject;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** Whom a stream trusts: the system's authorities, an app's, or those of the request. */
@QuarkusTest
@TestProfile(CertificatesTest.Encrypted.class)
class CertificatesTest {
    private static final Path FOLDER = Path.of("src/test/resources/simulator");
    private static final String CERT =
            FOLDER.resolve("tls-cert.pem").toAbsolutePath().toString();

    @Inject
    RtmsManager rtms;

    @Inject
    Stage stage;

    /** The simulator's servers have a certificate that nobody trusts; one app does. */
    public static class Encrypted extends QuietObservers {
        @Override
        public Map<String, String> getConfigOverrides() {
            Map<String, String> overrides = new HashMap<>(super.getConfigOverrides());
            overrides.put("rtms.simulator.tls.cert", CERT);
            overrides.put(
                    "rtms.simulator.tls.key",
                    FOLDER.resolve("tls-key.pem").toAbsolutePath().toString());
            overrides.put("rtms.app.client-id", "id");
            overrides.put("rtms.app.client-secret", "secret");
            overrides.put("rtms.apps.private.client-id", "id");
            overrides.put("rtms.apps.private.client-secret", "secret");
            overrides.put("rtms.apps.private.webhook-secrets", "token");
            overrides.put("rtms.apps.private.ca", CERT);
            return overrides;
        }
    }

    @Test
    void aServerThatNobodyTrustsIsNotJoined() {
        CompletionException failure = assertThrows(
                CompletionException.class, () -> join(request -> request).join());
        assertTrue(failure.getMessage().contains("certificate"), failure.getMessage());
    }

    @Test
    void theRequestsOwnAuthorityIsTrusted() {
        assertEquals(1, join(request -> request.ca(CERT)).join().attempts());
    }

    @Test
    void theAppsAuthorityIsTrusted() {
        assertEquals(1, join(request -> request.app("private")).join().attempts());
    }

    @Test
    void theCheckCanBeTurnedOffForOneStream() {
        assertEquals(1, join(request -> request.verify(false)).join().attempts());
    }

    private CompletableFuture<StreamJoined> join(UnaryOperator<JoinRequest.Builder> change) {
        SimulatedMeeting meeting = stage.play(600, 1);
        try (RtmsClient client = rtms.newClient()) {
            JoinRequest.Builder request = stage.request(meeting).timeout(Duration.ofSeconds(2));
            CompletableFuture<StreamJoined> joined =
                    client.join(change.apply(request).build());
            joined.handle((first, failure) -> first).join();
            return joined;
        }
    }
}
