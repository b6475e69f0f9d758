package io.rtms.bench;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.rtms.transcript.relay.RelayFanOut;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.openjdk.jmh.runner.RunnerException;

/** Runs {@link RelayFanOut} where the relay is. */
@QuarkusTest
@TestProfile(BenchProfile.class)
class RelayFanOutTest {
    @Test
    void nanosecondsForAMessage() throws RunnerException, IOException {
        Benchmarks.runOnVirtualThreads(RelayFanOut.class);
    }
}
