package io.rtms.bench;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.openjdk.jmh.runner.RunnerException;

/** Runs {@link StreamPath} where its observers are. */
@QuarkusTest
@TestProfile(BenchProfile.class)
class StreamPathTest {
    @Test
    void framesPerSecond() throws RunnerException, IOException {
        Benchmarks.runOnVirtualThreads(StreamPath.class);
    }
}
