package io.rtms;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A real Redis on a free port, with its data in a folder of its own, so that it can be stopped and started again. */
public final class RedisServer implements AutoCloseable {
    private static final long PATIENCE_SECONDS = 20;

    private final int port;
    private final Path folder;
    private final List<String> command;
    private Process process;

    /** Starts it, with these options besides its own. */
    public RedisServer(String... options) throws IOException {
        this(Service.freePort(), Files.createTempDirectory("redis"), List.of(options), "--port");
    }

    private RedisServer(int port, Path folder, List<String> options, String listens) throws IOException {
        this(port, folder, command(port, folder, options, listens));
    }

    private static List<String> command(int port, Path folder, List<String> options, String listens) {
        List<String> command = new ArrayList<>(List.of(
                listens,
                Integer.toString(port),
                "--bind",
                "127.0.0.1",
                "--dir",
                folder.toString(),
                "--save",
                "",
                "--appendonly",
                "yes"));
        command.addAll(options);
        return command;
    }

    /** One that speaks TLS alone, and asks for a password. */
    public static RedisServer secured(Path certificate, Path key, String password) throws IOException {
        List<String> options = List.of(
                "--port",
                "0",
                "--tls-cert-file",
                certificate.toString(),
                "--tls-key-file",
                key.toString(),
                "--tls-auth-clients",
                "no",
                "--requirepass",
                password);
        return new RedisServer(Service.freePort(), Files.createTempDirectory("redis"), options, "--tls-port");
    }

    public int port() {
        return port;
    }

    /** As {@code quarkus.redis.hosts} wants it. */
    public String url() {
        return "redis://127.0.0.1:" + port;
    }

    /** Three that share the keys among them, as a Redis Cluster. */
    public static List<RedisServer> cluster() throws IOException, InterruptedException {
        List<RedisServer> servers = new ArrayList<>();
        List<String> create = new ArrayList<>(List.of("--cluster", "create"));
        for (int i = 0; i < 3; i++) {
            RedisServer server =
                    new RedisServer("--cluster-enabled", "yes", "--cluster-port", Integer.toString(Service.freePort()));
            servers.add(server);
            create.add("127.0.0.1:" + server.port());
        }
        create.add("--cluster-yes");
        servers.getFirst().cli(create.toArray(String[]::new));
        await("the cluster is formed")
                .atMost(Duration.ofSeconds(PATIENCE_SECONDS))
                .until(() -> {
                    for (RedisServer server : servers) {
                        if (!server.cli("cluster", "info").contains("cluster_state:ok")) {
                            return false;
                        }
                    }
                    return true;
                });
        return servers;
    }

    /** One that copies this one. */
    public RedisServer replica() throws IOException, InterruptedException {
        RedisServer copy = new RedisServer("--replicaof", "127.0.0.1 " + port);
        await("the replica is in step")
                .atMost(Duration.ofSeconds(PATIENCE_SECONDS))
                .until(() -> copy.cli("info", "replication").contains("master_link_status:up"));
        return copy;
    }

    /** A sentinel that watches this one, by the name {@code rtms}, and puts a replica in its place within some seconds. */
    public RedisServer sentinel() throws IOException {
        int own = Service.freePort();
        Path file = Files.createTempDirectory("sentinel").resolve("sentinel.conf");
        Files.writeString(file, """
                port %d
                bind 127.0.0.1
                dir %s
                sentinel monitor rtms 127.0.0.1 %d 1
                sentinel down-after-milliseconds rtms 1000
                sentinel failover-timeout rtms 5000
                """.formatted(own, file.getParent(), port));
        return new RedisServer(own, file.getParent(), List.of(file.toString(), "--sentinel"));
    }

    private RedisServer(int port, Path folder, List<String> command) throws IOException {
        this.port = port;
        this.folder = folder;
        this.command = command;
        start();
    }

    /** Starts it again, with the data that it had. */
    public void start() throws IOException {
        List<String> complete = new ArrayList<>(List.of("redis-server"));
        complete.addAll(command);
        process = new ProcessBuilder(complete)
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("log").toFile())
                .start();
        await("redis-server listens")
                .atMost(Duration.ofSeconds(PATIENCE_SECONDS))
                .until(() -> Service.isListening(port));
    }

    /** Stops it; its data stays. */
    public void stop() throws InterruptedException {
        process.destroy();
        if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
            throw new AssertionError("redis-server does not end");
        }
    }

    /** Deletes the data of one that is stopped. */
    public void loseData() throws IOException {
        deleteAll(folder);
        Files.createDirectories(folder);
    }

    /** Runs a command on it. */
    public String cli(String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("redis-cli", "-p", Integer.toString(port)));
        command.addAll(List.of(arguments));
        Process cli = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(cli.getInputStream().readAllBytes());
        cli.waitFor();
        return output;
    }

    @Override
    public void close() throws IOException, InterruptedException {
        process.destroyForcibly().waitFor();
        deleteAll(folder);
    }

    private static void deleteAll(Path folder) throws IOException {
        try (var files = Files.walk(folder)) {
            for (Path file : files.sorted((a, b) -> b.compareTo(a)).toList()) {
                Files.delete(file);
            }
        }
    }
}
