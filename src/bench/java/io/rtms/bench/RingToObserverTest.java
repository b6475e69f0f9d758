package io.rtms.bench;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.openjdk.jmh.runner.RunnerException;

/** Runs {@link RingToObserver} where its observers are. */
@QuarkusTest
@TestProfile(BenchProfile.class)
class RingToObserverTest {
    @Test
    void framesPerSecond() throws RunnerException, IOException {
        Benchmarks.run(RingToObserver.class);
    }
}
