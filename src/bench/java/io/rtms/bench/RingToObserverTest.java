package io.rtms.bench;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import org.junit.jupiter.api.Test;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;

/** Runs {@link RingToObserver} where its observers are. Nothing is asserted: a benchmark tells, it does not pass or fail. */
@QuarkusTest
@TestProfile(BenchProfile.class)
class RingToObserverTest {
    @Test
    void framesPerSecond() throws RunnerException {
        new Runner(new OptionsBuilder()
                        .include(RingToObserver.class.getName())
                        .shouldFailOnError(true)
                        .build())
                .run();
    }
}
