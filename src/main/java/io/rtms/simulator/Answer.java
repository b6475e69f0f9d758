package io.rtms.simulator;

/**
 * What a request is answered.
 *
 * @param code Zoom's number of the status (rtms-protocol section 10.8)
 * @param reason words
 */
record Answer(int code, String reason) {
    boolean isOk() {
        return code == Status.OK.code();
    }
}
