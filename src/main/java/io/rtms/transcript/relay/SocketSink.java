package io.rtms.transcript.relay;

import io.quarkus.websockets.next.CloseReason;
import io.quarkus.websockets.next.WebSocketConnection;
import io.vertx.core.buffer.Buffer;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/** Sends a reader's messages over a WebSocket. */
final class SocketSink implements MessageSink {
    private final WebSocketConnection connection;
    private final Duration timeout;
    private CompletableFuture<Void> last = CompletableFuture.completedFuture(null);

    SocketSink(WebSocketConnection connection, Duration timeout) {
        this.connection = connection;
        this.timeout = timeout;
    }

    @Override
    public void send(String json, long seq) throws SinkClosed {
        requireOpen();
        last = connection.sendText(json).subscribeAsCompletionStage();
    }

    /** Messages leave in order, so the last one stands for all. */
    @Override
    public void flush() throws SinkClosed, InterruptedException {
        Sending.await(last, timeout);
    }

    @Override
    public boolean answersPings() {
        return true;
    }

    @Override
    public void ping() throws SinkClosed {
        requireOpen();
        last = connection.sendPing(Buffer.buffer()).subscribeAsCompletionStage();
    }

    @Override
    public CompletableFuture<?> close(CloseCode code, String reason) {
        return connection.isOpen()
                ? connection.close(new CloseReason(code.number(), reason)).subscribeAsCompletionStage()
                : CompletableFuture.completedFuture(null);
    }

    private void requireOpen() throws SinkClosed {
        if (connection.isClosed()) {
            throw new SinkClosed("the client is gone");
        }
    }
}
