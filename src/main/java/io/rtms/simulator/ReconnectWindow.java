package io.rtms.simulator;

import io.rtms.event.StopReason;
import io.vertx.core.Vertx;
import java.time.Duration;

/** The time in which a lost connection has to come back (rtms-protocol section 7). Guarded by the stream's lock. */
final class ReconnectWindow {
    private static final long NONE = -1;

    private final Vertx vertx;
    private final SimulatedStream.Owner owner;
    private long timer = NONE;

    ReconnectWindow(Vertx vertx, SimulatedStream.Owner owner) {
        this.vertx = vertx;
        this.owner = owner;
    }

    /** Opens a window in place of one that is open; the stream ends for this reason when it closes by itself. */
    void open(Duration length, StopReason whenNobodyComes) {
        cancel();
        timer = vertx.setTimer(length.toMillis(), id -> owner.stop(whenNobodyComes));
    }

    void cancel() {
        vertx.cancelTimer(timer);
        timer = NONE;
    }
}
