package io.rtms.simulator.fault;

import java.time.Duration;

/**
 * How a lost signaling connection is told with an {@code *.rtms_interrupted} webhook (rtms-protocol section 1.2).
 *
 * @param sent whether it is told at all
 * @param withUrls whether the webhook holds {@code server_urls}, as some clients expect (C2)
 * @param delay how late it is sent
 */
public record Notice(boolean sent, boolean withUrls, Duration delay) {
    /** At once and without URLs. */
    public static final Notice USUAL = new Notice(true, false, Duration.ZERO);

    /** Not at all. */
    public static final Notice NONE = new Notice(false, false, Duration.ZERO);

    public Notice {
        Fault.checkTime("delay", delay);
    }
}
