package io.rtms.simulator.fault;

import java.util.Locale;

/** A choice with a name in scripts. */
public interface Labelled {
    /** Its name in Java. */
    String name();

    /** Its name in scripts. */
    default String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
