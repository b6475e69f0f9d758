package io.rtms;

/** Fired once, after the observers of {@code StartupEvent} that an application has: from now on streams may come. As {@link ServiceStarting}. */
public record ServiceStarted() {}
