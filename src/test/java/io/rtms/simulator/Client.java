package io.rtms.simulator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/** One socket of a client of the simulated Zoom, speaking the protocol by hand. Answers keep-alives unless told otherwise. */
final class Client implements WebSocket.Listener, AutoCloseable {
    static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    /** What came and was no JSON object, where the client is tolerant. */
    final BlockingQueue<String> garbage = new LinkedBlockingQueue<>();

    final BlockingQueue<ObjectNode> received = new LinkedBlockingQueue<>();
    final CompletableFuture<Integer> closed = new CompletableFuture<>();
    final AtomicInteger textFrames = new AtomicInteger();
    final AtomicInteger binaryFrames = new AtomicInteger();
    final AtomicInteger fragments = new AtomicInteger();
    final AtomicInteger keepAlives = new AtomicInteger();
    volatile boolean answering = true;
    volatile boolean tolerant;
    private final ByteArrayOutputStream message = new ByteArrayOutputStream();
    private final StringBuilder text = new StringBuilder();
    private volatile boolean reading = true;
    private WebSocket socket;
    private CompletableFuture<?> sent = CompletableFuture.completedFuture(null);

    static Client connect(String url) {
        return connect(HTTP, url);
    }

    static Client connect(String url, Duration patience) {
        return connect(HTTP, url, patience);
    }

    static Client connect(HttpClient http, String url) {
        return connect(http, url, PATIENCE);
    }

    private static Client connect(HttpClient http, String url, Duration patience) {
        Client client = new Client();
        client.socket = http.newWebSocketBuilder()
                .buildAsync(URI.create(url), client)
                .orTimeout(patience.toMillis(), TimeUnit.MILLISECONDS)
                .join();
        return client;
    }

    Client send(ObjectNode json) {
        return sendText(json.toString());
    }

    Client sendText(String anything) {
        send(() -> socket.sendText(anything, true)).join();
        return this;
    }

    Client sendBinary(ObjectNode json) {
        ByteBuffer bytes = ByteBuffer.wrap(json.toString().getBytes(StandardCharsets.UTF_8));
        send(() -> socket.sendBinary(bytes, true)).join();
        return this;
    }

    /** Sends after everything before: the socket refuses a message while another is under way, and keep-alives are answered on a thread of its own. */
    private synchronized CompletableFuture<?> send(Supplier<CompletableFuture<WebSocket>> message) {
        sent = sent.handle((before, error) -> null).thenCompose(done -> message.get());
        return sent;
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

    /** The texts of transcripts that came so far, all of them, taken out together with everything before them. */
    List<String> takeTexts() {
        List<ObjectNode> all = new ArrayList<>();
        received.drainTo(all);
        return all.stream()
                .filter(message -> message.path("msg_type").asInt() == Messages.TRANSCRIPT)
                .map(message -> message.path("content").path("data").asText())
                .toList();
    }

    /** The next message of this type; what comes before is passed over. */
    ObjectNode await(int type) throws InterruptedException {
        ObjectNode next = next();
        while (next.path("msg_type").asInt() != type) {
            next = next();
        }
        return next;
    }

    /** Whether the connection breaks without a close frame. */
    boolean isBroken() throws Exception {
        try {
            return closeCode() == 1006;
        } catch (ExecutionException e) {
            return true;
        }
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
        Optional<ObjectNode> object = Messages.parse(json);
        if (object.isEmpty()) {
            assertTrue(tolerant, "no JSON object: " + json);
            garbage.add(json);
            return;
        }
        ObjectNode parsed = object.get();
        if (parsed.path("msg_type").asInt() != Messages.KEEP_ALIVE_REQUEST) {
            received.add(parsed);
            return;
        }
        keepAlives.incrementAndGet();
        if (answering) {
            String answer = parsed.put("msg_type", Messages.KEEP_ALIVE_RESPONSE).toString();
            send(() -> socket.sendText(answer, true));
        }
    }

    @Override
    public void close() {
        socket.abort();
    }
}
