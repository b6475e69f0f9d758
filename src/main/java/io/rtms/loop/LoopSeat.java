package io.rtms.loop;

import io.rtms.sdk.NativeStream;

/**
 * A client's place on a loop.
 *
 * @param loop the loop that calls the client
 * @param stream the client's own native stream
 */
public record LoopSeat(EventLoop loop, NativeStream stream) {
    /** Gives the place back: the native stream is forgotten, no frame reaches the client any more. */
    public void leave() {
        loop.remove(stream);
    }
}
