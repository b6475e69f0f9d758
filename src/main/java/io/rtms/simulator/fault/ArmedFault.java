package io.rtms.simulator.fault;

import java.util.Objects;

/**
 * A fault and its time.
 *
 * @param moment when it happens
 * @param fault what happens
 * @param times how often that moment has to come before the fault is used up; 1 or more
 */
public record ArmedFault(Moment moment, Fault fault, int times) {
    public ArmedFault {
        Objects.requireNonNull(moment, "moment");
        Objects.requireNonNull(fault, "fault");
        if (times < 1) {
            throw new IllegalArgumentException("Nothing goes wrong " + times + " times");
        }
    }

    /** Once. */
    public ArmedFault(Moment moment, Fault fault) {
        this(moment, fault, 1);
    }
}
