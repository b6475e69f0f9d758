package io.rtms.simulator;

import io.vertx.core.AbstractVerticle;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.ServerWebSocket;
import io.vertx.core.net.PemKeyCertOptions;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jboss.logging.Logger;

/**
 * The servers of the simulated Zoom: signaling and media on one port, told apart by their first message. Sockets are spread over a few
 * event
 * loops.
 */
final class Gateway {
    private static final Logger LOG = Logger.getLogger(Gateway.class);
    private static final int PATIENCE_SECONDS = 10;
    private static final int CLOSING_SECONDS = 2;

    private final Vertx vertx;
    private final SimulatorConfig settings;
    private final Streams streams;
    private volatile String deployment;
    private volatile int port;

    Gateway(Vertx vertx, SimulatorConfig settings, Streams streams) {
        this.vertx = vertx;
        this.settings = settings;
        this.streams = streams;
    }

    /** Begins to listen; throws {@link IllegalStateException} with the address where that is not possible. */
    void start() {
        HttpServerOptions options = options();
        DeploymentOptions instances = new DeploymentOptions().setInstances(settings.threads());
        deployment = await(
                vertx.deployVerticle(() -> new Listener(options), instances)
                        .toCompletionStage()
                        .toCompletableFuture(),
                "listen on " + settings.host() + ":" + settings.port());
        streams.setUrl(url());
        LOG.infof("Simulated Zoom serves signaling and media at %s", url());
    }

    /** Stops listening and closes what is open. */
    void stop() {
        if (deployment != null) {
            await(vertx.undeploy(deployment).toCompletionStage().toCompletableFuture(), "stop listening");
            deployment = null;
        }
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
                // Below 0 the instances share one free port; with 0 each would take another.
                .setPort(settings.port() == 0 ? -1 : settings.port())
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

    /** By hand, because Quarkus switches Vert.x's own handling of upgrades off. */
    private void upgrade(HttpServerRequest request) {
        if (!"websocket".equalsIgnoreCase(request.getHeader(HttpHeaders.UPGRADE))) {
            request.response()
                    .setStatusCode(426)
                    .putHeader(HttpHeaders.UPGRADE, "websocket")
                    .end();
            return;
        }
        request.toWebSocket()
                .onSuccess(this::accept)
                .onFailure(e -> LOG.debugf("A client's upgrade failed: %s", e.toString()));
    }

    private void accept(ServerWebSocket socket) {
        Connection connection = new Connection(vertx, socket, new Framing(settings.frames(), settings.fragmentBytes()));
        Conversation conversation = new Conversation(connection);
        conversation.role = new Newcomer(connection, streams, conversation::become);
        conversation.timer = vertx.setTimer(
                settings.handshakeTimeout().toMillis(),
                id -> connection.close(Connection.NORMAL, "no handshake came in time"));
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

        void onMessage(String text) {
            Messages.parse(text).ifPresentOrElse(message -> role.onMessage(message), () -> role.onGarbage());
        }

        void onClose() {
            vertx.cancelTimer(timer);
            connection.closed();
            role.onClose();
        }
    }
}
