package io.rtms.transcript.disk;

/** When what was written to transcript files is made to outlive the machine. It outlives the process in any case. */
public enum FsyncPolicy {
    /** Each entry, before readers are told of it. */
    ALWAYS,
    /** All files, once in an interval. */
    INTERVAL,
    /** When a stream is over and when the service stops; in between, when the operating system sees fit. */
    NEVER
}
