package io.rtms.stream;

import io.rtms.event.ReconnectScenario;
import java.time.Duration;
import java.util.Optional;

/**
 * Why a stream is not live, and since when.
 *
 * @param scenario what was lost; empty before the stream has been live for the first time
 * @param sinceNanos when it began, by {@link System#nanoTime()}
 */
record Trouble(Optional<ReconnectScenario> scenario, long sinceNanos) {
    /** Nothing is lost: the stream is joined for the first time. */
    static Trouble firstJoin() {
        return new Trouble(Optional.empty(), System.nanoTime());
    }

    /** Something was lost just now. */
    static Trouble of(ReconnectScenario scenario) {
        return new Trouble(Optional.of(scenario), System.nanoTime());
    }

    Duration elapsed() {
        return Duration.ofNanos(System.nanoTime() - sinceNanos);
    }
}
