package io.rtms.transcript.log;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** Kinds of entries in a transcript log, with the names by which relay clients choose them. */
public enum EntryKind {
    TRANSCRIPT,
    SPEAKER,
    PARTICIPANT,
    SHARING,
    CHAT,
    STATUS;

    /** The kind's name in messages and parameters. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The kind with this name. */
    public static Optional<EntryKind> ofLabel(String label) {
        return Arrays.stream(values())
                .filter(kind -> kind.label().equals(label))
                .findFirst();
    }
}
