package io.rtms.page;

import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.ServerWebSocket;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * Serves the live page from the class path under a strict content security policy, with a relay and a list of streams that say what the
 * test lets them say. All of it is guarded by this object's lock: the test's thread writes, the event loop sends.
 */
final class ScriptedService implements AutoCloseable {
    static final String POLICY = "default-src 'self'; frame-ancestors 'none'; base-uri 'none'; object-src 'none'";

    private static final Map<String, String> TYPES = Map.of(
            "html", "text/html;charset=utf-8",
            "js", "text/javascript;charset=utf-8",
            "css", "text/css;charset=utf-8",
            "svg", "image/svg+xml");

    private final Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1));
    private final HttpServer server;
    private final Map<String, ScriptedStream> streams = new LinkedHashMap<>();
    private final List<ScriptedStream> listedOnly = new ArrayList<>();
    private final List<Reader> readers = new ArrayList<>();
    private final List<JsonObject> subscriptions = new ArrayList<>();
    private String token;
    private int refusal;
    private int retryAfterMs;
    private int heartbeatMs = 15_000;
    private boolean mute;
    private int pings;

    /** A page's connection and what it asked for. */
    private record Reader(ServerWebSocket socket, HttpConnection connection, Set<String> streamIds) {
        void send(JsonObject message) {
            if (!socket.isClosed()) {
                socket.writeTextMessage(message.encode());
            }
        }
    }

    ScriptedService() throws Exception {
        server = vertx.createHttpServer()
                .requestHandler(this::answer)
                .listen(0, "127.0.0.1")
                .toCompletionStage()
                .toCompletableFuture()
                .get(10, TimeUnit.SECONDS);
    }

    /** Where its page is. */
    String url() {
        return root() + "live/";
    }

    String root() {
        return "http://127.0.0.1:" + server.actualPort() + "/";
    }

    /** A stream begins. */
    synchronized ScriptedStream stream(String id) {
        ScriptedStream stream = new ScriptedStream(this, id, streams.size());
        streams.put(id, stream);
        return stream;
    }

    /** From now on nobody is let in without this token. */
    synchronized void requireToken(String token) {
        this.token = token;
    }

    /** Connections are closed with this code as soon as they are there; 0 lets them in. */
    synchronized void refuseWith(int code) {
        refuseWith(code, 0);
    }

    /** The same, after an error that says when to come again. */
    synchronized void refuseWith(int code, int retryAfterMs) {
        refusal = code;
        this.retryAfterMs = retryAfterMs;
    }

    /** Cuts every connection as a lost network does: no goodbye. */
    synchronized void cutConnections() {
        readers.forEach(reader -> reader.connection.close());
        readers.clear();
    }

    /** Ends every connection with a close code. */
    synchronized void closeConnections(int code) {
        readers.forEach(reader -> reader.socket.close((short) code));
        readers.clear();
    }

    /** Keeps connections open but says nothing on those that are there now. */
    synchronized void fallSilent() {
        readers.clear();
        mute = true;
    }

    /** Speaks again to whoever connects. */
    synchronized void speakAgain() {
        mute = false;
    }

    synchronized void heartbeat(int millis) {
        heartbeatMs = millis;
    }

    /** What pages asked for so far, in order. */
    synchronized List<JsonObject> subscriptions() {
        return List.copyOf(subscriptions);
    }

    /** How often pages asked whether the connection is alive. */
    synchronized int pings() {
        return pings;
    }

    /** A stream that is listed, though the relay does not know it. */
    synchronized void listOnly(String id) {
        listedOnly.add(new ScriptedStream(this, id, 1_000));
    }

    synchronized void relay(String streamId, JsonObject entry) {
        for (Reader reader : readers) {
            if (reader.streamIds.contains(streamId)
                    || reader.streamIds.contains("*") && entry.getString("type").equals("status")) {
                reader.send(entry);
            }
        }
    }

    private void answer(HttpServerRequest request) {
        switch (request.path()) {
            case "/ws/transcripts" ->
                request.toWebSocket()
                        .onSuccess(socket -> meet(socket, request.connection(), request.getParam("token")));
            case "/api/streams" -> listStreams(request);
            case "/live/" -> file(request, "/live/index.html");
            default -> file(request, request.path());
        }
    }

    private synchronized void listStreams(HttpServerRequest request) {
        if (token != null && !("Bearer " + token).equals(request.getHeader("Authorization"))) {
            request.response().setStatusCode(401).end();
            return;
        }
        JsonArray list = new JsonArray();
        streams.values().forEach(stream -> list.add(stream.summary()));
        listedOnly.forEach(stream -> list.add(stream.summary()));
        request.response().putHeader("Content-Type", "application/json").end(list.encode());
    }

    private synchronized void meet(ServerWebSocket socket, HttpConnection connection, String given) {
        if (retryAfterMs > 0) {
            socket.writeTextMessage(
                    error(refusal, "not now").put("retryAfterMs", retryAfterMs).encode());
        }
        if (refusal != 0 || token != null && !token.equals(given)) {
            socket.close((short) (refusal != 0 ? refusal : 4401));
            return;
        }
        Reader reader = new Reader(socket, connection, new HashSet<>());
        readers.add(reader);
        socket.closeHandler(closed -> forget(reader));
        socket.textMessageHandler(text -> take(reader, new JsonObject(text)));
        if (!mute) {
            reader.send(new JsonObject()
                    .put("type", "hello")
                    .put("connectionId", "c" + readers.size())
                    .put("node", "test")
                    .put("heartbeatMs", heartbeatMs)
                    .put("v", 1));
        }
    }

    private synchronized void forget(Reader reader) {
        readers.remove(reader);
    }

    private synchronized void take(Reader reader, JsonObject message) {
        if (!readers.contains(reader) || mute) {
            return;
        }
        String streamId = message.getString("streamId");
        switch (message.getString("type")) {
            case "subscribe" -> {
                subscriptions.add(message);
                reader.streamIds.add(streamId);
                if (streams.containsKey(streamId)) {
                    streams.get(streamId).answerTo(message).forEach(reader::send);
                } else if (!streamId.equals("*")) {
                    reader.send(error(4404, "no stream " + streamId));
                    reader.socket.close((short) 4404);
                }
            }
            case "unsubscribe" -> reader.streamIds.remove(streamId);
            case "ping" -> {
                pings++;
                reader.send(new JsonObject().put("type", "pong"));
            }
            default -> reader.socket.close((short) 4400);
        }
    }

    private static JsonObject error(int code, String message) {
        return new JsonObject().put("type", "error").put("code", code).put("message", message);
    }

    private static void file(HttpServerRequest request, String path) {
        try (InputStream file = ScriptedService.class.getResourceAsStream("/META-INF/resources" + path)) {
            if (file == null) {
                request.response().setStatusCode(404).end();
                return;
            }
            request.response()
                    .putHeader("Content-Type", TYPES.get(path.substring(path.lastIndexOf('.') + 1)))
                    .putHeader("Content-Security-Policy", POLICY)
                    .end(Buffer.buffer(file.readAllBytes()));
        } catch (IOException e) {
            request.response().setStatusCode(500).end(e.toString());
        }
    }

    @Override
    public void close() throws Exception {
        vertx.close().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
    }
}
