package io.rtms.simulator;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.ServerWebSocket;
import io.vertx.core.http.WebSocketFrame;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.Semaphore;

/**
 * One client's socket: sends messages in order and keeps it alive. Any thread may send. Every write goes through the socket's event loop,
 * so that the fragments of one message are never mixed with another message.
 *
 * <p>Back-pressure: {@link #sendWhenRoom} counts the bytes that have not reached the operating system yet and waits while they are more
 * than {@value #WINDOW_BYTES}. A client that stops reading stops the sender, not the memory.
 */
final class Connection {
    static final short NORMAL = 1000;
    static final short GOING_AWAY = 1001;
    static final short ERROR = 1011;

    private static final int WINDOW_BYTES = 256 * 1024;
    private static final int MISSES_ALLOWED = 3;
    private static final String STRANGER = "{\"msg_type\":77,\"content\":{\"data\":\"from the future\"}}";
    private static final String STRANGE_FIELD = "{\"from_the_future\":[{\"msg_type\":1,\"content\":null}],";

    private final Vertx vertx;
    private final Context context;
    private final ServerWebSocket socket;
    private final Semaphore room = new Semaphore(WINDOW_BYTES, true);
    private volatile Framing framing;
    private volatile boolean strange;
    private volatile boolean open = true;
    private long keepAliveTimer = -1;
    private int unanswered;
    private boolean binaryNext;

    /** Called on the socket's event loop. */
    Connection(Vertx vertx, ServerWebSocket socket, Framing framing) {
        this.vertx = vertx;
        this.context = vertx.getOrCreateContext();
        this.socket = socket;
        this.framing = framing;
    }

    boolean isOpen() {
        return open;
    }

    /** How messages are framed from now on, and whether ones that no client knows are mixed among them. */
    void speak(Framing newFraming, boolean withStrangers) {
        framing = newFraming;
        strange = withStrangers;
    }

    /** Sends without waiting: for the few messages of signaling. */
    void send(Object json) {
        String text = json.toString();
        context.runOnContext(now -> write(text));
    }

    /** Sends as soon as there is room; false where the socket is closed and the message was not sent. */
    boolean sendWhenRoom(String json) throws InterruptedException {
        int size = Math.min(json.length(), WINDOW_BYTES);
        room.acquire(size);
        synchronized (this) {
            if (open) {
                context.runOnContext(now -> write(json).onComplete(done -> room.release(size)));
                return true;
            }
        }
        room.release(size);
        return false;
    }

    /** Closes after everything that was sent before; nothing is sent any more. */
    synchronized void close(short code, String reason) {
        open = false;
        context.runOnContext(now -> socket.close(code, reason));
    }

    /** Sends message 12 in this interval; {@code whenDead} is called on the event loop when three stay unanswered. */
    void keepAlive(Duration interval, Runnable whenDead) {
        keepAliveTimer = vertx.setPeriodic(interval.toMillis(), id -> {
            if (unanswered == MISSES_ALLOWED) {
                vertx.cancelTimer(id);
                whenDead.run();
                return;
            }
            unanswered++;
            send(Messages.message(Messages.KEEP_ALIVE_REQUEST).put("timestamp", System.currentTimeMillis()));
        });
    }

    /** Message 13 came; on the event loop. */
    void keptAlive() {
        unanswered = 0;
    }

    /** The socket is closed; on the event loop. */
    synchronized void closed() {
        open = false;
        vertx.cancelTimer(keepAliveTimer);
    }

    private Future<Void> write(String json) {
        if (socket.isClosed()) {
            return Future.failedFuture("the socket is closed");
        }
        if (!strange) {
            return writeFrames(json);
        }
        writeFrames(STRANGER);
        return writeFrames(STRANGE_FIELD + json.substring(1));
    }

    private Future<Void> writeFrames(String json) {
        Framing used = framing;
        boolean binary = used.mode() == FrameMode.BINARY || (used.mode() == FrameMode.MIXED && binaryNext);
        binaryNext = !binaryNext;
        if (used.fragmentBytes() > 0) {
            return writeFragments(json.getBytes(StandardCharsets.UTF_8), binary, used.fragmentBytes());
        }
        return binary
                ? socket.writeFinalBinaryFrame(Buffer.buffer(json.getBytes(StandardCharsets.UTF_8)))
                : socket.writeFinalTextFrame(json);
    }

    /** Fragments end where they end, in the middle of a character too; only the first of a text has to be text by itself. */
    private Future<Void> writeFragments(byte[] json, boolean binary, int size) {
        int end = binary ? Math.min(size, json.length) : characterEnd(json, size);
        boolean last = end == json.length;
        Future<Void> written = socket.writeFrame(
                binary
                        ? WebSocketFrame.binaryFrame(Buffer.buffer(json).slice(0, end), last)
                        : WebSocketFrame.textFrame(new String(json, 0, end, StandardCharsets.UTF_8), last));
        while (!last) {
            int begin = end;
            end = Math.min(begin + size, json.length);
            last = end == json.length;
            written = socket.writeFrame(
                    WebSocketFrame.continuationFrame(Buffer.buffer(json).slice(begin, end), last));
        }
        return written;
    }

    private static int characterEnd(byte[] utf8, int size) {
        int end = Math.min(size, utf8.length);
        while (end < utf8.length && (utf8[end] & 0xC0) == 0x80) {
            end++;
        }
        return end;
    }
}
