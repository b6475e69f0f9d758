package io.rtms.ops.doctor;

import io.rtms.access.Access;
import io.rtms.http.OwnPaths;
import io.rtms.stream.Apps;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Where the service is reached, and by whom. */
@Singleton
class DoorsCheck implements Check {
    private static final int SHORT_TOKEN = 16;
    private static final List<String> TAKEN = List.of("/api", "/q", "/ws", "/simulator", "/live");

    private final Apps apps;
    private final Access access;
    private final String webhookPath;
    private final String host;
    private final int port;
    private final Optional<List<String>> tokens;

    DoorsCheck(
            Apps apps,
            Access access,
            @ConfigProperty(name = "rtms.webhook.path") String webhookPath,
            @ConfigProperty(name = "quarkus.http.host", defaultValue = "0.0.0.0") String host,
            @ConfigProperty(name = "quarkus.http.port", defaultValue = "8080") int port,
            @ConfigProperty(name = "rtms.access.tokens") Optional<List<String>> tokens) {
        this.apps = apps;
        this.access = access;
        this.webhookPath = OwnPaths.webhook(webhookPath);
        this.host = host;
        this.port = port;
        this.tokens = tokens;
    }

    @Override
    public List<Finding> findings() {
        List<Finding> findings = new ArrayList<>(List.of(webhook(), port(), access()));
        tokens.stream()
                .flatMap(List::stream)
                .filter(token -> token.strip().length() < SHORT_TOKEN)
                .findFirst()
                .ifPresent(token -> findings.add(Finding.warn(
                        "access",
                        "A token of rtms.access.tokens has fewer than %d characters, and can be guessed"
                                .formatted(SHORT_TOKEN),
                        "Make one with: openssl rand -hex 32")));
        return findings;
    }

    private Finding webhook() {
        for (String taken : TAKEN) {
            if (webhookPath.equals("/") || webhookPath.equals(taken) || webhookPath.startsWith(taken + "/")) {
                return Finding.fail(
                        "webhook",
                        "%s is the service's own and cannot be the path of webhooks".formatted(webhookPath),
                        "Set ZM_RTMS_PATH (rtms.webhook.path) to another, e.g. /webhook");
            }
        }
        List<String> named = apps.names().stream()
                .skip(1)
                .map(name -> webhookPath + "/" + name)
                .toList();
        String paths = webhookPath + (named.isEmpty() ? "" : ", " + String.join(", ", named));
        return Finding.ok("webhook", "Zoom posts to https://<your host>" + paths);
    }

    private Finding port() {
        try (ServerSocket socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(InetAddress.getByName(host), port));
            return Finding.ok("port", "%d is free".formatted(port));
        } catch (IOException e) {
            return Finding.warn(
                    "port",
                    "%s:%d cannot be listened on: %s".formatted(host, port, e.getMessage()),
                    "Nothing, if the service runs; else set ZM_RTMS_PORT (quarkus.http.port)");
        }
    }

    private Finding access() {
        if (access.isOpen()) {
            return Finding.warn(
                    "access",
                    "Everybody who reaches the service may use its API and read its transcripts",
                    "Remove rtms.access.open=true and set rtms.access.tokens");
        }
        return tokens.isPresent()
                ? Finding.ok(
                        "access",
                        "%d token(s) may use the API and the relay"
                                .formatted(tokens.get().size()))
                : Finding.warn(
                        "access",
                        "No token is set: each start makes a random one and prints it once",
                        "Set rtms.access.tokens, for clients that outlive a restart");
    }
}
