package io.rtms.bench;

import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.openjdk.jmh.runner.RunnerException;

/** Runs {@link RingReadWrite}. */
class RingReadWriteTest {
    @Test
    void framesPerSecond() throws RunnerException, IOException {
        Benchmarks.run(RingReadWrite.class);
    }
}
