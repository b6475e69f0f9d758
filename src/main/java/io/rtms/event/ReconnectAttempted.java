package io.rtms.event;

/**
 * An attempt to get a lost connection back has come to its end.
 *
 * @param scenario what had to be connected again
 * @param attempt its number since the trouble began, from 1
 * @param succeeded whether media flow again
 * @param cause why not, and what happens next; {@link Cause#NONE} where it succeeded
 */
public record ReconnectAttempted(
        StreamRef stream, ReconnectScenario scenario, int attempt, boolean succeeded, Cause cause, long timestamp)
        implements RtmsEvent {}
