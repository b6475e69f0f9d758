package io.rtms.load;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The service as a process of its own, with the container's Java options. */
final class ServiceUnderLoad implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Pattern LISTENING = Pattern.compile("Listening on: http://[^:]+:(\\d+)");
    private static final int PATIENCE_SECONDS = 60;
    /**
     * The service writes no line below a warning, but Quarkus' own of where it listens. By another name than the simulator's host: two servers of one Vert.x on
     * port 0 of the same host would be one.
     */
    private static final List<String> OPTIONS = List.of(
            "-XX:MaxRAMPercentage=60",
            "--enable-native-access=ALL-UNNAMED",
            "--sun-misc-unsafe-memory-access=allow",
            "--add-opens=java.base/java.lang=ALL-UNNAMED",
            "-Dquarkus.http.host=localhost",
            "-Dquarkus.http.port=0",
            "-Dquarkus.log.category.\"io.quarkus\".level=INFO");

    private final Process process;
    private final CompletableFuture<Integer> port = new CompletableFuture<>();
    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    ServiceUnderLoad(Plan plan, Path data, Path authority) throws IOException {
        List<String> command = new ArrayList<>(Commands.on(plan.text("service.processors")));
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(OPTIONS);
        command.addAll(plan.words("service.java"));
        command.add("-Drtms.transcripts.dir=" + data.resolve("transcripts"));
        command.add("-Drtms.stream.journal-dir=" + data.resolve("streams"));
        command.add("-Drtms.media.request=" + String.join(",", plan.media()));
        command.add("-Drtms.relay.max-connections=" + (plan.number("readers") * plan.number("meetings") + 100));
        if (plan.is("tls")) {
            command.add("-Drtms.tls.ca=" + authority);
        }
        plan.words("service.options").forEach(option -> command.add("-D" + option));
        command.addAll(List.of("-jar", Commands.required("load.service")));
        process = new ProcessBuilder(command).redirectErrorStream(true).start();
        Thread.ofPlatform().daemon().start(this::readLog);
    }

    private void readLog() {
        try (BufferedReader lines = process.inputReader()) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                Matcher listening = LISTENING.matcher(line);
                if (listening.find()) {
                    port.complete(Integer.parseInt(listening.group(1)));
                } else if (line.contains(" WARN ") || line.contains(" ERROR ")) {
                    System.out.println("service: " + line);
                }
            }
        } catch (IOException e) {
            port.completeExceptionally(e);
        }
        port.completeExceptionally(new IOException("the service has ended"));
    }

    /** Where it listens, once it does. */
    int port() throws Exception {
        return port.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    }

    long pid() {
        return process.pid();
    }

    URI uri(String path) throws Exception {
        return URI.create("http://127.0.0.1:" + port() + path);
    }

    JsonNode get(String path) throws Exception {
        return JSON.readTree(send(HttpRequest.newBuilder(uri(path)).build()));
    }

    void post(String path) throws Exception {
        send(HttpRequest.newBuilder(uri(path))
                .POST(HttpRequest.BodyPublishers.noBody())
                .build());
    }

    private String send(HttpRequest request) throws Exception {
        HttpResponse<String> response = http.send(request, HttpResponse.BodyHandlers.ofString());
        if (response.statusCode() >= 300) {
            throw new IOException(request.uri() + " answered " + response.statusCode() + ": " + response.body());
        }
        return response.body();
    }

    @Override
    public void close() throws InterruptedException {
        http.close();
        process.destroy();
        if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
            process.destroyForcibly();
        }
    }
}
