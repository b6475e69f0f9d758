package io.rtms.loop;

/**
 * How a loop is made.
 *
 * @param ringBytes capacity of its frame ring, rounded up to a power of two
 * @param caFile PEM file of the authorities to trust; empty for the system's
 * @param verifyTls whether servers' certificates are checked
 */
public record LoopSettings(long ringBytes, String caFile, boolean verifyTls) {}
