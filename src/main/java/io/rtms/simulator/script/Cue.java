package io.rtms.simulator.script;

import java.util.Objects;

/**
 * Something that one person says in one go.
 *
 * @param beginMs when it begins, milliseconds since the meeting's start
 * @param endMs when it ends, milliseconds since the meeting's start; never before the beginning
 * @param speaker name of who says it
 * @param text the words, unchanged
 */
public record Cue(long beginMs, long endMs, String speaker, String text) {
    public Cue {
        Objects.requireNonNull(speaker, "speaker");
        Objects.requireNonNull(text, "text");
        if (beginMs < 0 || endMs < beginMs) {
            throw new IllegalArgumentException("A cue cannot last from " + beginMs + " ms to " + endMs + " ms");
        }
    }
}
