package io.rtms.loop;

import io.rtms.sdk.Engine;

/**
 * How a loop is made.
 *
 * @param ringBytes capacity of its frame ring, rounded up to a power of two
 * @param caFile PEM file of the authorities to trust; empty for the system's
 * @param verifyTls whether servers' certificates are checked
 * @param engine what drives its streams
 */
public record LoopSettings(long ringBytes, String caFile, boolean verifyTls, Engine engine) {
    /** With the engine that comes with the service, in this process. */
    public LoopSettings(long ringBytes, String caFile, boolean verifyTls) {
        this(ringBytes, caFile, verifyTls, Engine.BUILTIN);
    }
}
