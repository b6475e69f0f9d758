package io.rtms.simulator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** One socket of a client of the simulated Zoom, speaking the protocol by hand. Answers keep-alives unless told otherwise. */
final class Client implements WebSocket.Listener, AutoCloseable {
    static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    final BlockingQueue<ObjectNode> received = new LinkedBlockingQueue<>();
    final CompletableFuture<Integer> closed = new CompletableFuture<>();
    final AtomicInteger textFrames = new AtomicInteger();
    final AtomicInteger binaryFrames = new AtomicInteger();
    final AtomicInteger fragments = new AtomicInteger();
    final AtomicInteger keepAlives = new AtomicInteger();
    volatile boolean answering = true;
    private final ByteArrayOutputStream message = new ByteArrayOutputStream();
    private final StringBuilder text = new StringBuilder();
    private volatile boolean reading = true;
    private WebSocket socket;

    static Client connect(String url) {
        return connect(HTTP, url);
    }

    static Client connect(HttpClient http, String url) {
        Client client = new Client();
        client.socket = http.newWebSocketBuilder()
                .buildAsync(URI.create(url), client)
                .orTimeout(PATIENCE.toSeconds(), TimeUnit.SECONDS)
                .join();
        return client;
    }

    Client send(ObjectNode json) {
        socket.sendText(json.toString(), true).join();
        return this;
    }

    Client sendText(String anything) {
        socket.sendText(anything, true).join();
        return this;
    }

    Client sendBinary(ObjectNode json) {
        socket.sendBinary(ByteBuffer.wrap(json.toString().getBytes(StandardCharsets.UTF_8)), true)
                .join();
        return this;
    }

    /** The next message, keep-alives left out. */
    ObjectNode next() throws InterruptedException {
        ObjectNode next = received.poll(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        assertNotNull(next, "no message came");
        return next;
    }

    /** The next message, which has to be of this type. */
    ObjectNode expect(int type) throws InterruptedException {
        ObjectNode next = next();
        assertEquals(type, next.path("msg_type").asInt(), next.toString());
        return next;
    }

    int closeCode() throws Exception {
        return closed.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    }

    /** Reads nothing any more, so that TCP holds the sender. */
    void stopReading() {
        reading = false;
    }

    void readOn() {
        reading = true;
        socket.request(1);
    }

    /** Ends the TCP connection without any WebSocket manners. */
    void vanish() {
        socket.abort();
    }

    @Override
    public CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
        text.append(data);
        fragments.incrementAndGet();
        if (last) {
            textFrames.incrementAndGet();
            take(text.toString());
            text.setLength(0);
        }
        requestNext(from);
        return null;
    }

    @Override
    public CompletionStage<?> onBinary(WebSocket from, ByteBuffer data, boolean last) {
        byte[] bytes = new byte[data.remaining()];
        data.get(bytes);
        message.writeBytes(bytes);
        fragments.incrementAndGet();
        if (last) {
            binaryFrames.incrementAndGet();
            take(message.toString(StandardCharsets.UTF_8));
            message.reset();
        }
        requestNext(from);
        return null;
    }

    @Override
    public CompletionStage<?> onClose(WebSocket from, int code, String reason) {
        closed.complete(code);
        return null;
    }

    @Override
    public void onError(WebSocket from, Throwable error) {
        closed.completeExceptionally(error);
    }

    private void requestNext(WebSocket from) {
        if (reading) {
            from.request(1);
        }
    }

    private void take(String json) {
        ObjectNode parsed = Messages.parse(json).orElseThrow(() -> new AssertionError("no JSON object: " + json));
        if (parsed.path("msg_type").asInt() != Messages.KEEP_ALIVE_REQUEST) {
            received.add(parsed);
            return;
        }
        keepAlives.incrementAndGet();
        if (answering) {
            socket.sendText(parsed.put("msg_type", Messages.KEEP_ALIVE_RESPONSE).toString(), true);
        }
    }

    @Override
    public void close() {
        socket.abort();
    }
}
