package io.rtms.access;

/** What came of asking to be let in. */
public sealed interface Admission {
    /** Come in, and read this. */
    record Granted(Grant grant) implements Admission {}

    /** Turned away, for this reason. */
    record Refused(Refusal refusal) implements Admission {}
}
