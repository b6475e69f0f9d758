package io.rtms.transcript.relay;

import jakarta.ws.rs.sse.OutboundSseEvent;
import jakarta.ws.rs.sse.Sse;
import jakarta.ws.rs.sse.SseEventSink;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/** Sends a reader's messages as server-sent events; an event's id is the number to come back with. */
final class EventSink implements MessageSink {
    private final SseEventSink events;
    private final Sse sse;
    private final Duration timeout;
    private CompletableFuture<?> last = CompletableFuture.completedFuture(null);

    EventSink(SseEventSink events, Sse sse, Duration timeout) {
        this.events = events;
        this.sse = sse;
        this.timeout = timeout;
    }

    @Override
    public void send(String json, long seq) throws SinkClosed {
        if (events.isClosed()) {
            throw new SinkClosed("the client is gone");
        }
        OutboundSseEvent.Builder event = sse.newEventBuilder().data(json);
        if (seq != NO_SEQ) {
            event.id(Long.toString(seq));
        }
        last = events.send(event.build()).toCompletableFuture();
    }

    @Override
    public void flush() throws SinkClosed, InterruptedException {
        Sending.await(last, timeout);
    }

    @Override
    public boolean answersPings() {
        return false;
    }

    /** The message that goes with it is all there is. */
    @Override
    public void ping() {}

    @Override
    public CompletableFuture<?> close(CloseCode code, String reason) {
        events.close();
        return CompletableFuture.completedFuture(null);
    }
}
