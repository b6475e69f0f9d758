package io.rtms.transcript.relay;

/** A client's message or parameters make no sense; the message says what to change. */
final class BadMessage extends Exception {
    private final boolean fatal;

    private BadMessage(String message, boolean fatal) {
        super(message, null, false, false);
        this.fatal = fatal;
    }

    /** A mistake in a message that is otherwise understood: the client may try again. */
    static BadMessage mistake(String message) {
        return new BadMessage(message, false);
    }

    /** This is not our language at all. */
    static BadMessage gibberish(String message) {
        return new BadMessage(message, true);
    }

    boolean isFatal() {
        return fatal;
    }
}
