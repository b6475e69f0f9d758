package io.rtms.simulator;

import io.rtms.simulator.fault.Ending;
import io.rtms.simulator.fault.Fault;
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
    private final Tcp tcp;
    private final String url;
    private final Semaphore room = new Semaphore(WINDOW_BYTES, true);
    private volatile Framing framing;
    private volatile boolean strange;
    private volatile boolean open = true;
    private volatile Fault.Depth silence;
    private volatile long stoppedNanos;
    private long keepAliveTimer = -1;
    private Duration keepAliveInterval;
    private Runnable whenDead;
    private int unanswered;
    private boolean binaryNext;

    /**
     * Called on the socket's event loop.
     *
     * @param url what the client asked for
     */
    Connection(Vertx vertx, ServerWebSocket socket, Tcp tcp, String url, Framing framing) {
        this.vertx = vertx;
        this.context = vertx.getOrCreateContext();
        this.socket = socket;
        this.tcp = tcp;
        this.url = url;
        this.framing = framing;
    }

    /** What the client asked for. */
    String url() {
        return url;
    }

    /** Whether messages can be sent: it is neither closed nor silent. */
    boolean isUsable() {
        return open && silence == null;
    }

    /** Whether nothing is heard over it, although it may be open. */
    boolean isSilent() {
        return silence != null;
    }

    /**
     * When it ceased to be usable, as {@link System#nanoTime()}, or the first message came that did not leave any more; means nothing before.
     */
    long stoppedNanos() {
        return stoppedNanos;
    }

    /** How messages are framed from now on, and whether ones that no client knows are mixed among them. */
    void speak(Framing newFraming, boolean withStrangers) {
        framing = newFraming;
        strange = withStrangers;
    }

    /** Sends without waiting: for the few messages of signaling. */
    void send(Object json) {
        String text = json.toString();
        enqueue(() -> write(text));
    }

    /** Sends text that need not be a message. */
    void sendAsIs(String text) {
        enqueue(() -> writeFrames(text));
    }

    /** Sends a text message of these bytes, which need not be text. */
    void sendAsIs(byte[] bytes) {
        enqueue(() -> {
            socket.writeFrame(WebSocketFrame.textFrame("", false));
            socket.writeFrame(WebSocketFrame.continuationFrame(Buffer.buffer(bytes), true));
        });
    }

    /**
     * Sends as soon as there is room; false where the socket is closed or silent, and the message was not sent. Where it is closed before the
     * message has left, {@link #stoppedNanos()} is not after this call.
     */
    boolean sendWhenRoom(String json) throws InterruptedException {
        int size = Math.min(json.length(), WINDOW_BYTES);
        room.acquire(size);
        long now = System.nanoTime();
        if (!enqueue(() -> write(json).onComplete(done -> room.release(size)).onFailure(late -> didNotLeave(now)))) {
            room.release(size);
            return false;
        }
        return true;
    }

    private synchronized void didNotLeave(long queuedNanos) {
        stop();
        open = false;
        if (queuedNanos - stoppedNanos < 0) {
            stoppedNanos = queuedNanos;
        }
    }

    private synchronized boolean enqueue(Runnable writing) {
        if (!isUsable()) {
            return false;
        }
        context.runOnContext(now -> writing.run());
        return true;
    }

    /** Closes after everything that was sent before; nothing is sent any more. */
    void close(short code, String reason) {
        end(() -> socket.close(code, reason));
    }

    /** Ends as a fault does, after everything that was sent before. */
    void end(Ending how) {
        end(() -> {
            if (how == Ending.RESET) {
                tcp.reset();
            } else {
                socket.close((short) how.code(), "dropped");
            }
        });
    }

    /** What has been swallowed by the network is not closed either. */
    private synchronized void end(Runnable closing) {
        stop();
        open = false;
        if (silence != Fault.Depth.BLACK_HOLE) {
            context.runOnContext(now -> closing.run());
        }
    }

    /** Its TCP is reset at this moment: nothing is sent any more. */
    synchronized void abort() {
        stop();
        open = false;
    }

    /** Sends nothing and hears nothing any more, after everything that was sent before. */
    synchronized void beSilent(Fault.Depth how) {
        stop();
        silence = how;
        if (how == Fault.Depth.BLACK_HOLE) {
            context.runOnContext(now -> tcp.stopReading());
        }
    }

    /** Sends half a message. */
    synchronized void cut(Fault.Then then) {
        if (!isUsable()) {
            return;
        }
        stop();
        if (then == Fault.Then.NOTHING) {
            silence = Fault.Depth.MUTE;
            context.runOnContext(now -> socket.writeFrame(WebSocketFrame.textFrame(HalfMessage.TEXT, false)));
        } else {
            open = false;
            context.runOnContext(now -> tcp.writeLast(HalfMessage.frame(), then == Fault.Then.RESET));
        }
    }

    private void stop() {
        if (isUsable()) {
            stoppedNanos = System.nanoTime();
        }
    }

    /** Sends message 12 in this interval; {@code whenDead} is called on the event loop when three stay unanswered. */
    void keepAlive(Duration usualInterval, Runnable dead) {
        context.runOnContext(now -> {
            whenDead = dead;
            keepAliveEvery(keepAliveInterval == null ? usualInterval : keepAliveInterval);
        });
    }

    /** Sends message 12 in another interval, never where it is zero. */
    void changeKeepAlive(Duration interval) {
        context.runOnContext(now -> {
            keepAliveInterval = interval;
            if (whenDead != null) {
                keepAliveEvery(interval);
            }
        });
    }

    private void keepAliveEvery(Duration interval) {
        vertx.cancelTimer(keepAliveTimer);
        if (open && !interval.isZero()) {
            keepAliveTimer = vertx.setPeriodic(Math.max(1, interval.toMillis()), this::askWhetherAlive);
        }
    }

    private void askWhetherAlive(long timer) {
        if (silence == Fault.Depth.MUTE) {
            return;
        }
        if (unanswered == MISSES_ALLOWED) {
            vertx.cancelTimer(timer);
            whenDead.run();
            return;
        }
        unanswered++;
        send(Messages.message(Messages.KEEP_ALIVE_REQUEST).put("timestamp", System.currentTimeMillis()));
    }

    /** Message 13 came; on the event loop. */
    void keptAlive() {
        unanswered = 0;
    }

    /** The socket is closed; on the event loop. */
    synchronized void closed() {
        stop();
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
