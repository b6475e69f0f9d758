package io.rtms.stream;

import io.rtms.event.Cause;
import java.util.List;

/**
 * The right to hold a stream's connections, and to tell what it hears, which one process has at a time. Zoom drops the first of two connections, so
 * that two processes with the same stream would take it from each other. Safe for any thread; only the last three may wait, for a store.
 */
public interface Lease {
    /** Of a service that is alone. */
    Lease ALONE = new Lease() {};

    /** Whether connections may be made now. Where not, the answer may be another one soon. */
    default boolean mayConnect() {
        return true;
    }

    /**
     * Whether observers may be told of what came. False for a moment where this process was asleep for so long that another one may have the stream;
     * after that it is true again, or {@link #isLost}.
     */
    default boolean mayDeliver() {
        return true;
    }

    /** Whether another process may have the stream now; it does not come back to this one. */
    default boolean isLost() {
        return false;
    }

    /** The stream is on other servers now: so it is to be joined by whoever takes it up. */
    default void moved(List<String> serverUrls) {}

    /** The stream is over for good, for this cause: nobody is to join it again. */
    default void end(Cause cause) {}

    /** This process lets go of the stream, and whoever has room for it is to join it again. */
    default void handOver() {}
}
