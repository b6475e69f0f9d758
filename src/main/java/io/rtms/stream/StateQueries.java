package io.rtms.stream;

import io.rtms.event.StatusCode;
import io.rtms.sdk.Frame;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** Questions about states that wait for Zoom's answer (rtms-protocol section 4.9). For any thread. */
final class StateQueries {
    /** The stream's own state is asked for under no session id. */
    static final String STREAM = "";

    private static final int MOST_WAITING = 1000;

    private final Duration timeout;
    private final Map<String, Queue<CompletableFuture<Integer>>> waiting = new HashMap<>();

    /** @param timeout what an answer may take */
    StateQueries(Duration timeout) {
        this.timeout = timeout;
    }

    /** Adds a question that was sent; what comes of it is Zoom's number of the state. */
    synchronized CompletableFuture<Integer> add(String sessionId) {
        CompletableFuture<Integer> answer = new CompletableFuture<>();
        Queue<CompletableFuture<Integer>> queue = waiting.computeIfAbsent(sessionId, id -> new ArrayDeque<>());
        queue.removeIf(CompletableFuture::isDone);
        if (queue.size() >= MOST_WAITING) {
            throw new IllegalStateException("too many questions wait for Zoom's answer");
        }
        queue.add(answer);
        return answer.orTimeout(timeout.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** An answer has come. */
    synchronized void answer(String sessionId, Frame frame) {
        Queue<CompletableFuture<Integer>> queue = waiting.get(sessionId);
        if (queue != null) {
            queue.removeIf(CompletableFuture::isDone);
        }
        CompletableFuture<Integer> first = queue == null ? null : queue.poll();
        if (queue != null && queue.isEmpty()) {
            waiting.remove(sessionId);
        }
        if (first == null) {
            return;
        }
        if (frame.detail() != StatusCode.OK.number() || frame.code() < 0) {
            StatusCode status = StatusCode.of(frame.detail());
            first.completeExceptionally(new IllegalStateException(
                    "Zoom answered with status %d %s. %s".formatted(frame.detail(), status.name(), status.text())));
        } else {
            first.complete(frame.code());
        }
    }

    /** No answer will come any more. */
    synchronized void fail(String why) {
        waiting.values()
                .forEach(queue -> queue.forEach(one -> one.completeExceptionally(new IllegalStateException(why))));
        waiting.clear();
    }
}
