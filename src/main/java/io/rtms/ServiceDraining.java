package io.rtms;

/** Fired when this node is told to take no more work, though it does not stop yet: streams are given back, and readers sent elsewhere. */
public record ServiceDraining() {}
