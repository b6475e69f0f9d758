package io.rtms.transcript.relay;

import java.util.concurrent.CompletableFuture;

/**
 * Where a reader's messages go: a WebSocket, or a stream of server-sent events. Used by the reader's thread alone, except {@link #close}.
 */
interface MessageSink {
    /** Stands for a message without a number. */
    long NO_SEQ = 0;

    /**
     * Hands a message to the socket without waiting.
     *
     * @param seq number of the last entry that the client knows with this message, or {@link #NO_SEQ}
     */
    void send(String json, long seq) throws SinkClosed;

    /** Waits until the socket has taken everything that was sent: this is the relay's back-pressure. */
    void flush() throws SinkClosed, InterruptedException;

    /** Whether the other side answers {@link #ping}; if not, its silence says nothing. */
    boolean answersPings();

    /** Asks the other side for a sign of life, where the transport can. */
    void ping() throws SinkClosed;

    /**
     * Closes the connection; any thread may do this, more than once.
     *
     * @return done when the socket has taken the farewell
     */
    CompletableFuture<?> close(CloseCode code, String reason);

    /** The client is gone, or does not take what is sent. */
    final class SinkClosed extends Exception {
        SinkClosed(String message) {
            super(message, null, false, false);
        }
    }
}
