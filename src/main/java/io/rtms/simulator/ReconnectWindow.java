package io.rtms.simulator;

import io.rtms.event.StopReason;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.function.Consumer;

/** The time in which a lost connection has to come back (rtms-protocol section 7). Guarded by the stream's lock. */
final class ReconnectWindow {
    private static final long NONE = -1;

    private final Vertx vertx;
    private final Consumer<StopReason> end;
    private long timer = NONE;

    /** @param end ends the stream */
    ReconnectWindow(Vertx vertx, Consumer<StopReason> end) {
        this.vertx = vertx;
        this.end = end;
    }

    /** Opens a window in place of one that is open; the stream ends for this reason when it closes by itself. */
    void open(Duration length, StopReason whenNobodyComes) {
        cancel();
        timer = vertx.setTimer(length.toMillis(), id -> end.accept(whenNobodyComes));
    }

    void cancel() {
        vertx.cancelTimer(timer);
        timer = NONE;
    }
}
