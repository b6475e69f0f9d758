package io.rtms.bench;

import io.rtms.transcript.disk.TranscriptAppend;
import org.junit.jupiter.api.Test;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;

/** Runs {@link TranscriptAppend}. Nothing is asserted: a benchmark tells, it does not pass or fail. */
class TranscriptAppendTest {
    @Test
    void entriesPerSecond() throws RunnerException {
        new Runner(new OptionsBuilder()
                        .include(TranscriptAppend.class.getName())
                        .shouldFailOnError(true)
                        .build())
                .run();
    }
}
