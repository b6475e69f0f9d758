package io.rtms.bench;

import io.rtms.transcript.disk.TranscriptAppend;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.openjdk.jmh.runner.RunnerException;

/** Runs {@link TranscriptAppend}. */
class TranscriptAppendTest {
    @Test
    void microsecondsForAnEntry() throws RunnerException, IOException {
        Benchmarks.run(TranscriptAppend.class);
    }
}
