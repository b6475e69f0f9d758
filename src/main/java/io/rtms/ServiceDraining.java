package io.rtms;

/** Fired when this service takes no more work, since it is about to stop, or was told so: webhooks are answered 503, and readers sent elsewhere. */
public record ServiceDraining() {}
