package io.rtms.bench;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.rtms.webhook.WebhookVerification;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.openjdk.jmh.runner.RunnerException;

/** Runs {@link WebhookVerification} where the webhook's resource is. */
@QuarkusTest
@TestProfile(BenchProfile.class)
class WebhookVerificationTest {
    @Test
    void microsecondsForAWebhook() throws RunnerException, IOException {
        Benchmarks.run(WebhookVerification.class);
    }
}
