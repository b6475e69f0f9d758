package io.rtms.simulator;

/** States of a stream in messages 8 and 20, in Zoom's numbering (rtms-protocol section 10.6). */
enum WireState {
    INACTIVE,
    ACTIVE,
    INTERRUPTED,
    TERMINATING,
    TERMINATED
}
