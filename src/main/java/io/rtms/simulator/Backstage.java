package io.rtms.simulator;

import java.time.Duration;

/** What the faults of one meeting need from the simulator that plays it. May block; not for event loops. */
interface Backstage {
    /** Base URL of servers that listen elsewhere than these; begins to listen where nobody did. */
    String otherServer(String server);

    /** Resets every connection, listens to nobody for a time, and listens again on the same port. */
    void restartGateway(Duration away, boolean streamsSurvive);
}
