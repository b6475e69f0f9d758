package io.rtms.simulator;

import static org.junit.jupiter.api.Assertions.assertNotNull;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** Takes webhooks in, and answers them as a service would, or as a test wants. */
final class HookServer implements AutoCloseable {
    record Hook(String body, String timestamp, String signature) {
        JsonNode json() {
            return Messages.parse(body).orElseThrow();
        }

        String event() {
            return json().path("event").asText();
        }

        JsonNode payload() {
            return json().path("payload");
        }
    }

    final BlockingQueue<Hook> hooks = new LinkedBlockingQueue<>();

    /** Statuses of the next answers; afterwards all is well. */
    final ConcurrentLinkedQueue<Integer> answers = new ConcurrentLinkedQueue<>();

    volatile String secret = "token";
    private final HttpServer service;

    HookServer() {
        try {
            service = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        service.createContext("/hook", this::answer);
        service.start();
    }

    String url() {
        return "http://127.0.0.1:" + service.getAddress().getPort() + "/hook";
    }

    /** A simulator that sends its webhooks here. */
    SimulatedZoom zoom(String... settings) {
        String[] all = Arrays.copyOf(settings, settings.length + 2);
        all[settings.length] = "webhook-url";
        all[settings.length + 1] = url();
        return new SimulatedZoom(all);
    }

    Hook next() throws InterruptedException {
        Hook hook = hooks.poll(Client.PATIENCE.toSeconds(), TimeUnit.SECONDS);
        assertNotNull(hook, "no webhook came");
        return hook;
    }

    private void answer(HttpExchange exchange) throws IOException {
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        Hook hook = new Hook(
                body,
                exchange.getRequestHeaders().getFirst("x-zm-request-timestamp"),
                exchange.getRequestHeaders().getFirst("x-zm-signature"));
        hooks.add(hook);
        Integer status = answers.poll();
        String plain = hook.payload().path("plainToken").asText();
        ObjectNode reply =
                Messages.object().put("plainToken", plain).put("encryptedToken", Signature.ofChallenge(secret, plain));
        byte[] bytes = reply.toString().getBytes(StandardCharsets.UTF_8);
        int code = status != null ? status : plain.isEmpty() ? 204 : 200;
        exchange.sendResponseHeaders(code, code == 204 ? -1 : bytes.length);
        if (code != 204) {
            exchange.getResponseBody().write(bytes);
        }
        exchange.close();
    }

    @Override
    public void close() {
        service.stop(0);
    }
}
