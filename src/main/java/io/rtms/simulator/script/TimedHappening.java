package io.rtms.simulator.script;

import java.util.Objects;

/**
 * Something that happens at a time.
 *
 * @param atMs milliseconds since the meeting's start
 * @param what what happens
 */
public record TimedHappening(long atMs, Happening what) {
    public TimedHappening {
        Objects.requireNonNull(what, "what");
        if (atMs < 0) {
            throw new IllegalArgumentException("Nothing can happen at " + atMs + " ms");
        }
    }
}
