package io.rtms.simulator;

import io.rtms.simulator.fault.Fault;
import io.vertx.core.AbstractVerticle;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.ServerWebSocket;
import io.vertx.core.net.PemKeyCertOptions;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jboss.logging.Logger;

/**
 * Servers of the simulated Zoom: signaling and media on one port, told apart by their first message. Sockets are spread over a few event loops.
 */
final class Gateway {
    private static final Logger LOG = Logger.getLogger(Gateway.class);
    private static final int PATIENCE_SECONDS = 10;
    private static final int CLOSING_SECONDS = 2;

    private final Vertx vertx;
    private final SimulatorConfig settings;
    private final Streams streams;
    private final Set<Connection> connections = ConcurrentHashMap.newKeySet();
    private final Set<Tcp> clients = ConcurrentHashMap.newKeySet();
    private volatile String deployment;

    /** Whoever comes between the crash and the end of listening is reset like those before. */
    private volatile boolean crashed;

    private volatile int port;

    /** @param port a free one where it is 0 or below; another for each such number */
    Gateway(Vertx vertx, SimulatorConfig settings, Streams streams, int port) {
        this.vertx = vertx;
        this.port = port;
        this.settings = settings;
        this.streams = streams;
    }

    /** Begins to listen, unless it does; throws {@link IllegalStateException} with the address where that is not possible. */
    synchronized void start() {
        if (deployment != null) {
            return;
        }
        crashed = false;
        HttpServerOptions options = options();
        DeploymentOptions instances = new DeploymentOptions().setInstances(settings.threads());
        deployment = await(
                vertx.deployVerticle(() -> new Listener(options), instances)
                        .toCompletionStage()
                        .toCompletableFuture(),
                "listen on " + settings.host() + ":" + port);
        LOG.infof("Simulated Zoom serves signaling and media at %s", url());
    }

    /** Stops listening and closes what is open. */
    synchronized void stop() {
        if (deployment != null) {
            await(vertx.undeploy(deployment).toCompletionStage().toCompletableFuture(), "stop listening");
            deployment = null;
        }
    }

    /** Resets every connection and stops listening; {@link #start} listens on the same port again. */
    synchronized void crash() {
        crashed = true;
        connections.forEach(Connection::abort);
        clients.forEach(Tcp::reset);
        stop();
    }

    /** Base of the signaling and media URLs, such as {@code ws://127.0.0.1:40123}. */
    String url() {
        String host = settings.host().equals("0.0.0.0") ? "127.0.0.1" : settings.host();
        String scheme = settings.tls().cert().isPresent() ? "wss" : "ws";
        return scheme + "://" + (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
    }

    private HttpServerOptions options() {
        HttpServerOptions options = new HttpServerOptions()
                .setHost(settings.host())
                // Below 0 the instances share one free port, the same for the same number; with 0 each would take
                // another.
                .setPort(port == 0 ? -1 : port)
                .setTcpNoDelay(true)
                .setPerFrameWebSocketCompressionSupported(false)
                .setPerMessageWebSocketCompressionSupported(false)
                .setWebSocketClosingTimeout(CLOSING_SECONDS);
        if (settings.tls().cert().isPresent() != settings.tls().key().isPresent()) {
            throw new IllegalStateException("Set both rtms.simulator.tls.cert and rtms.simulator.tls.key, or none");
        }
        settings.tls()
                .cert()
                .ifPresent(cert -> options.setSsl(true)
                        .setKeyCertOptions(new PemKeyCertOptions()
                                .setCertPath(cert)
                                .setKeyPath(settings.tls().key().orElseThrow())));
        return options;
    }

    /** Knows every client from its first byte on: one in the middle of its upgrade has to be reset too. */
    private void connected(HttpConnection connection) {
        Tcp tcp = Tcp.of(connection);
        clients.add(tcp);
        tcp.whenClosed(() -> clients.remove(tcp));
        if (crashed) {
            tcp.reset();
        }
    }

    /** By hand, because Quarkus switches Vert.x's own handling of upgrades off. */
    private void upgrade(HttpServerRequest request) {
        if (!"websocket".equalsIgnoreCase(request.getHeader(HttpHeaders.UPGRADE))) {
            request.response()
                    .setStatusCode(426)
                    .putHeader(HttpHeaders.UPGRADE, "websocket")
                    .end();
            return;
        }
        Optional<Fault.Door> door = Optional.ofNullable(streams.find(Residence.streamOf(request.path())))
                .flatMap(stream -> door(stream, request));
        if (door.isPresent()) {
            shut(request, door.get());
            return;
        }
        Tcp tcp = Tcp.of(request.connection());
        String asked = url() + request.uri();
        request.toWebSocket()
                .onSuccess(socket -> accept(socket, tcp, asked))
                .onFailure(e -> LOG.debugf("A client's upgrade failed: %s", e.toString()));
    }

    /** What the stream's faults put in the way of an upgrade. */
    private Optional<Fault.Door> door(SimulatedStream stream, HttpServerRequest request) {
        boolean toSignaling = Residence.isSignaling(request.path());
        Optional<Fault.Door> door = stream.door(url(), toSignaling);
        door.ifPresent(one -> stream.handshakes()
                .attempted(new Ledger.Attempt(
                        System.currentTimeMillis(),
                        toSignaling,
                        Set.of(),
                        url() + request.uri(),
                        one.status() == 0 ? Ledger.Attempt.NO_ANSWER : one.status())));
        return door;
    }

    private void shut(HttpServerRequest request, Fault.Door door) {
        switch (door) {
            case NO_ANSWER -> {}
            case RESET -> Tcp.of(request.connection()).reset();
            case REDIRECT, HTTP_403, HTTP_404, HTTP_503 -> {
                if (door == Fault.Door.REDIRECT) {
                    request.response().putHeader(HttpHeaders.LOCATION, request.uri());
                }
                request.response().setStatusCode(door.status()).end();
            }
        }
    }

    private void accept(ServerWebSocket socket, Tcp tcp, String asked) {
        Framing framing = new Framing(settings.frames(), settings.fragmentBytes());
        Connection connection = new Connection(vertx, socket, tcp, asked, framing);
        connections.add(connection);
        if (crashed) {
            connection.abort();
        }
        Conversation conversation = new Conversation(connection);
        conversation.role = new Newcomer(connection, url(), streams, conversation::become);
        conversation.timer = vertx.setTimer(settings.handshakeTimeout().toMillis(), id -> conversation.giveUp());
        socket.textMessageHandler(conversation::onMessage);
        socket.binaryMessageHandler(bytes -> conversation.onMessage(bytes.toString()));
        socket.exceptionHandler(e -> LOG.debugf("A client's socket failed: %s", e.toString()));
        socket.closeHandler(closed -> conversation.onClose());
    }

    private <T> T await(Future<T> future, String what) {
        try {
            return future.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            throw new IllegalStateException("The simulator cannot " + what + ": " + e.getCause(), e.getCause());
        } catch (TimeoutException e) {
            throw new IllegalStateException("The simulator could not " + what + " in " + PATIENCE_SECONDS + " s", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while the simulator was to " + what, e);
        }
    }

    /** One event loop's server. */
    private final class Listener extends AbstractVerticle {
        private final HttpServerOptions options;

        Listener(HttpServerOptions options) {
            this.options = options;
        }

        @Override
        public void start(Promise<Void> started) {
            vertx.createHttpServer(options)
                    .connectionHandler(Gateway.this::connected)
                    .requestHandler(Gateway.this::upgrade)
                    .listen()
                    .onSuccess(this::listening)
                    .<Void>mapEmpty()
                    .onComplete(started);
        }

        private void listening(HttpServer server) {
            port = server.actualPort();
        }
    }

    /** What is said on one socket; only on its event loop. */
    private final class Conversation {
        private final Connection connection;
        private Role role;
        private long timer;

        Conversation(Connection connection) {
            this.connection = connection;
        }

        void become(Role newRole) {
            vertx.cancelTimer(timer);
            role = newRole;
        }

        void giveUp() {
            if (!connection.isSilent()) {
                connection.close(Connection.NORMAL, "no handshake came in time");
            }
        }

        void onMessage(String text) {
            if (connection.isSilent()) {
                return;
            }
            Messages.parse(text).ifPresentOrElse(message -> role.onMessage(message), () -> role.onGarbage());
        }

        void onClose() {
            vertx.cancelTimer(timer);
            connections.remove(connection);
            connection.closed();
            role.onClose();
        }
    }
}
