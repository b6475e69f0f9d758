package io.rtms;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The packaged application, jar or native executable, as a process of its own on a free port, for tests that kill it. */
public final class Service implements AutoCloseable {
    private static final Path BUILD = Path.of(System.getProperty("build.directory", "target"));
    private static final Pattern LISTENING = Pattern.compile("Listening on: http://[^:]+:(\\d+)");
    private static final long PATIENCE_SECONDS = 60;
    /** Of a jar; a native executable takes its own. It lives for seconds: the best compiler would only be in the way. */
    private static final List<String> JAVA_OPTIONS = List.of("-Xmx512m", "-XX:TieredStopAtLevel=1");

    private final Process process;
    private final List<String> log = new CopyOnWriteArrayList<>();
    private final CompletableFuture<Integer> port = new CompletableFuture<>();

    private Service(Process process) {
        this.process = process;
        Thread.ofPlatform().daemon().start(this::readLog); // to read a pipe occupies its thread
    }

    /** Starts it with these properties. */
    public static Service start(Map<String, String> configuration) throws IOException {
        return start(configuration, Map.of());
    }

    /** Starts it with these properties and environment variables. */
    public static Service start(Map<String, String> configuration, Map<String, String> environment) throws IOException {
        Map<String, String> complete = new HashMap<>();
        complete.put("quarkus.http.port", "0");
        // By another name than the simulator's host: two servers of one Vert.x on port 0 of the same host would be one.
        complete.put("quarkus.http.host", "localhost");
        complete.putAll(configuration);
        return new Service(launch(complete, environment, List.of()));
    }

    /**
     * Runs one of its commands to its end.
     *
     * @param arguments e.g. {@code --check}
     */
    public static Outcome run(Map<String, String> configuration, String... arguments)
            throws IOException, InterruptedException {
        Process process = launch(configuration, Map.of(), List.of(arguments));
        process.getOutputStream().close();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Outcome(process.waitFor(), output);
    }

    /** What a command came to. */
    public record Outcome(int status, String output) {}

    private static Process launch(
            Map<String, String> configuration, Map<String, String> environment, List<String> arguments)
            throws IOException {
        List<String> options = new ArrayList<>();
        configuration.forEach((key, value) -> options.add("-D" + key + "=" + value));
        Properties artifact = new Properties();
        try (InputStream file = Files.newInputStream(BUILD.resolve("quarkus-artifact.properties"))) {
            artifact.load(file);
        }
        Path path = BUILD.resolve(artifact.getProperty("path")).toAbsolutePath();
        List<String> command = new ArrayList<>();
        if (artifact.getProperty("type").startsWith("native")) {
            command.add(path.toString());
            command.addAll(options);
        } else {
            command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
            command.addAll(options);
            command.addAll(JAVA_OPTIONS);
            command.addAll(List.of("-jar", path.toString()));
        }
        command.addAll(arguments);
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().putAll(environment);
        return builder.start();
    }

    /** The lines that it has logged so far. */
    public List<String> log() {
        return List.copyOf(log);
    }

    /** A port that is free now, for a service that has to come back to the same one. */
    public static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    /** Whether somebody takes connections at this port of the loopback interface. */
    static boolean isListening(int port) {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress("127.0.0.1", port), 1000);
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    /** Its process id. */
    public long pid() {
        return process.pid();
    }

    /** Where it listens, once it does. */
    public int port() throws Exception {
        return port.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    }

    /** {@code kill -9}. */
    public void kill() throws InterruptedException {
        process.destroyForcibly();
        if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
            throw new AssertionError("process " + process.pid() + " is still there");
        }
    }

    /** SIGTERM, and its end. */
    public void stop() throws InterruptedException {
        process.destroy();
        if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
            throw new AssertionError("process " + process.pid() + " does not end");
        }
    }

    @Override
    public void close() throws InterruptedException {
        kill();
    }

    private void readLog() {
        try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                log.add(line);
                Matcher listening = LISTENING.matcher(line);
                if (listening.find()) {
                    port.complete(Integer.parseInt(listening.group(1)));
                }
            }
        } catch (IOException e) {
            log.add(e.toString());
        }
        port.completeExceptionally(
                new AssertionError("the service ended before it listened:\n" + String.join("\n", log)));
    }
}
