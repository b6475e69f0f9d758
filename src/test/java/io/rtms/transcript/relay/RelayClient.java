package io.rtms.transcript.relay;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** A client of the relay for tests. It reads as fast as it can, or not at all after {@link #stall}. */
public final class RelayClient implements WebSocket.Listener, AutoCloseable {
    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final long PATIENCE_SECONDS = 20;

    private final BlockingQueue<JsonNode> messages = new LinkedBlockingQueue<>();
    private final CompletableFuture<Integer> closed = new CompletableFuture<>();
    private final StringBuilder partial = new StringBuilder();
    private volatile boolean stalled;
    private WebSocket socket;

    public static RelayClient connect(int port, String query) {
        return connect(port, query, Map.of("Authorization", "Bearer test-token"));
    }

    /** With these headers and no others. */
    public static RelayClient connect(int port, String query, Map<String, String> headers) {
        RelayClient client = new RelayClient();
        WebSocket.Builder builder = HTTP.newWebSocketBuilder();
        headers.forEach(builder::header);
        URI uri = URI.create("ws://localhost:" + port + "/ws/transcripts" + query);
        client.socket = builder.buildAsync(uri, client).join();
        return client;
    }

    @Override
    public CompletionStage<?> onText(WebSocket webSocket, CharSequence data, boolean last) {
        partial.append(data);
        if (last) {
            try {
                messages.add(JSON.readTree(partial.toString()));
            } catch (Exception e) {
                closed.completeExceptionally(e);
            }
            partial.setLength(0);
        }
        if (!stalled) {
            webSocket.request(1);
        }
        return null;
    }

    @Override
    public CompletionStage<?> onClose(WebSocket webSocket, int statusCode, String reason) {
        closed.complete(statusCode);
        return null;
    }

    @Override
    public void onError(WebSocket webSocket, Throwable error) {
        closed.completeExceptionally(error);
    }

    void send(String text) {
        socket.sendText(text, true).join();
    }

    void sendBinary(byte[] bytes) {
        socket.sendBinary(ByteBuffer.wrap(bytes), true).join();
    }

    /** Reads at most one more message, so that the server's socket fills up. */
    void stall() {
        stalled = true;
    }

    void resume() {
        stalled = false;
        socket.request(1);
    }

    JsonNode next() throws InterruptedException {
        JsonNode message = messages.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
        if (message == null) {
            throw new AssertionError("no message within " + PATIENCE_SECONDS + " s; close code " + closed);
        }
        return message;
    }

    JsonNode next(String type) throws InterruptedException {
        JsonNode message = next();
        if (!message.path("type").asText().equals(type)) {
            throw new AssertionError("expected " + type + " but got " + message);
        }
        return message;
    }

    /** Everything up to the first message of this type, which is the last of the list. */
    public List<JsonNode> until(String type) throws InterruptedException {
        List<JsonNode> seen = new ArrayList<>();
        do {
            seen.add(next());
        } while (!seen.getLast().path("type").asText().equals(type));
        return seen;
    }

    /** Everything up to the entry with this number, which is the last of the list. */
    public List<JsonNode> untilSeq(String streamId, long seq) throws InterruptedException {
        List<JsonNode> seen = new ArrayList<>();
        do {
            seen.add(next());
        } while (!isEntry(seen.getLast(), streamId, seq));
        return seen;
    }

    private static boolean isEntry(JsonNode message, String streamId, long seq) {
        return message.path("streamId").asText().equals(streamId)
                && message.path("seq").asLong() == seq
                && !message.path("type").asText().equals("caughtUp");
    }

    /** Sends a ping and returns what came before its answer: the proof that something did not come. */
    List<JsonNode> barrier() throws InterruptedException {
        send("{\"type\":\"ping\"}");
        List<JsonNode> seen = until("pong");
        return seen.subList(0, seen.size() - 1);
    }

    /** What has come so far and was not asked for yet. */
    public List<JsonNode> received() {
        List<JsonNode> seen = new ArrayList<>();
        messages.drainTo(seen);
        return seen;
    }

    /** Whether the connection is gone. */
    public boolean isOver() {
        return closed.isDone();
    }

    /** Waits until the connection is gone, in whatever way. */
    public void awaitEnd() throws InterruptedException {
        try {
            closeCode();
        } catch (ExecutionException e) {
            // broken off rather than closed
        } catch (TimeoutException e) {
            throw new AssertionError("the connection is still there", e);
        }
    }

    public int closeCode() throws InterruptedException, ExecutionException, TimeoutException {
        return closed.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    }

    @Override
    public void close() {
        socket.abort();
    }
}
