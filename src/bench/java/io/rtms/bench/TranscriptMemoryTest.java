package io.rtms.bench;

import io.rtms.transcript.log.TranscriptMemory;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.openjdk.jmh.runner.RunnerException;

/** Runs {@link TranscriptMemory}. */
class TranscriptMemoryTest {
    @Test
    void nanosecondsForAnEntry() throws RunnerException, IOException {
        Benchmarks.run(TranscriptMemory.class);
    }
}
