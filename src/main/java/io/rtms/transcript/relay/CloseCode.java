package io.rtms.transcript.relay;

import io.rtms.access.Refusal;

/** Why the relay closes a connection: WebSocket close codes, and the {@code code} of {@code error} messages. */
enum CloseCode {
    /** The service goes down or hands its work over: come back with {@code after}. */
    RESTART(1012),
    BAD_MESSAGE(4400),
    NOT_AUTHENTICATED(4401),
    NOT_ALLOWED(4403),
    UNKNOWN_STREAM(4404),
    /** No subscription, or no sign of life, within the time for it. */
    TIMEOUT(4408),
    TOO_MANY(4429);

    private final int number;

    CloseCode(int number) {
        this.number = number;
    }

    int number() {
        return number;
    }

    static CloseCode of(Refusal refusal) {
        return refusal.isForbidden() ? NOT_ALLOWED : NOT_AUTHENTICATED;
    }
}
