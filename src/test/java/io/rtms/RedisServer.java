package io.rtms;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
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
    private final List<String> options;
    private Process process;

    /** Starts it. */
    public RedisServer(String... options) throws IOException {
        this.port = Service.freePort();
        this.folder = Files.createTempDirectory("redis");
        this.options = List.of(options);
        start();
    }

    public int port() {
        return port;
    }

    /** As {@code quarkus.redis.hosts} wants it. */
    public String url() {
        return "redis://127.0.0.1:" + port;
    }

    /** Starts it again, with the data that it had. */
    public void start() throws IOException {
        List<String> command = new ArrayList<>(List.of(
                "redis-server",
                "--port",
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
        process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("log").toFile())
                .start();
        await("redis-server listens")
                .atMost(Duration.ofSeconds(PATIENCE_SECONDS))
                .until(this::isListening);
    }

    private boolean isListening() {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress("127.0.0.1", port), 1000);
            return true;
        } catch (IOException e) {
            return false;
        }
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
