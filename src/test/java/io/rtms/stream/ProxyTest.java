package io.rtms.stream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.rtms.RtmsManager;
import io.rtms.simulator.SimulatedMeeting;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetSocket;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.Queue;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Streams that go through an HTTP proxy. */
@QuarkusTest
@TestProfile(QuietObservers.class)
class ProxyTest {
    private static final String LOGIN =
            "Basic " + Base64.getEncoder().encodeToString("ann:p@ss".getBytes(StandardCharsets.UTF_8));

    @Inject
    RtmsManager rtms;

    @Inject
    Stage stage;

    @Inject
    Vertx vertx;

    private final Queue<String> tunnels = new ConcurrentLinkedQueue<>();
    private NetClient client;
    private HttpServer proxy;

    @BeforeEach
    void startProxy() {
        client = vertx.createNetClient();
        proxy = vertx.createHttpServer()
                .requestHandler(this::connect)
                .listen(0, "127.0.0.1")
                .toCompletionStage()
                .toCompletableFuture()
                .join();
    }

    @AfterEach
    void stopProxy() {
        proxy.close().toCompletionStage().toCompletableFuture().join();
        client.close();
    }

    @Test
    void everySocketOfAStreamGoesThroughTheProxy() throws InterruptedException {
        Queue<String> heard = new ConcurrentLinkedQueue<>();
        SimulatedMeeting meeting = stage.play(5, 20);
        try (RtmsClient rtmsClient = rtms.newClient().onTranscript((text, meta) -> heard.add(text))) {
            rtmsClient
                    .join(stage.request(meeting).proxy(proxyUrl("ann:p%40ss@")).build())
                    .join();
            assertTrue(rtmsClient.awaitLeft(Duration.ofSeconds(30)));
        }
        assertEquals(5, heard.size());
        assertEquals(2, tunnels.size(), "signaling and transcript: " + tunnels);
    }

    @Test
    void aProxyThatRefusesIsNamedWithoutThePassword() {
        SimulatedMeeting meeting = stage.play(600, 1);
        try (RtmsClient rtmsClient = rtms.newClient()) {
            JoinRequest request = stage.request(meeting)
                    .proxy(proxyUrl("ann:wrong@"))
                    .timeout(Duration.ofSeconds(1))
                    .build();
            CompletionException failure = assertThrows(
                    CompletionException.class, () -> rtmsClient.join(request).join());
            assertTrue(failure.getMessage().contains("proxy"), failure.getMessage());
            assertFalse(failure.getMessage().contains("wrong"), failure.getMessage());
        }
    }

    private String proxyUrl(String login) {
        return "http://%s127.0.0.1:%d".formatted(login, proxy.actualPort());
    }

    private void connect(HttpServerRequest request) {
        if (request.method() != HttpMethod.CONNECT || !LOGIN.equals(request.getHeader("Proxy-Authorization"))) {
            request.response().setStatusCode(407).end();
            return;
        }
        String[] target = request.uri().split(":");
        client.connect(Integer.parseInt(target[1]), target[0])
                .onSuccess(server -> request.toNetSocket().onSuccess(caller -> {
                    tunnels.add(request.uri());
                    splice(caller, server);
                    splice(server, caller);
                }));
    }

    private static void splice(NetSocket from, NetSocket to) {
        from.handler(to::write);
        from.closeHandler(gone -> to.close());
    }
}
