package io.rtms.loop;

import io.rtms.sdk.Frame;

/** Whoever gets the frames of one stream. */
@FunctionalInterface
public interface LoopClient {
    /**
     * Takes a frame, on the loop's thread, in order. Must not block: every stream of the loop waits meanwhile. What it throws is logged, and
     * the loop goes on.
     */
    void onFrame(Frame frame);

    /** Its stream's id, for the log; empty where it has none. */
    default String streamId() {
        return "";
    }

    /**
     * It has a place on a loop, before its first frame.
     *
     * @throws IllegalStateException where it has one already: then the loop does not take it
     */
    default void seated(LoopSeat seat) {}
}
