package io.rtms;

/**
 * Fired once, before the observers of {@code StartupEvent} that an application has: rooms that others build upon get ready. Not fired where the program does
 * something else than serve, see {@link Command}.
 */
public record ServiceStarting() {}
