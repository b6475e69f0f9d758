package io.rtms.transcript.relay;

import io.rtms.transcript.relay.MessageSink.SinkClosed;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Waits for a socket to take what was written to it. */
final class Sending {
    private Sending() {}

    static void await(CompletableFuture<?> written, Duration timeout) throws SinkClosed, InterruptedException {
        try {
            written.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            throw new SinkClosed("the client is gone");
        } catch (TimeoutException e) {
            throw new SinkClosed("the client took nothing for " + timeout.toSeconds() + " s");
        }
    }
}
