package io.rtms.ops.doctor;

import jakarta.inject.Singleton;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** What the machine allows, and what is beside the service. */
@Singleton
class MachineCheck implements Check {
    /** A stream takes up to six sockets, a reader one. */
    private static final long FEW_FILES = 4096;

    private static final int PATIENCE_MS = 2000;
    private static final Path LIMITS = Path.of("/proc/self/limits");
    private static final Pattern OPEN_FILES = Pattern.compile("(?m)^Max open files +(\\d+)");

    private final Optional<String> tracesEndpoint;

    MachineCheck(@ConfigProperty(name = "quarkus.otel.exporter.otlp.endpoint") Optional<String> tracesEndpoint) {
        this.tracesEndpoint = tracesEndpoint.filter(endpoint -> !endpoint.isBlank());
    }

    @Override
    public List<Finding> findings() throws IOException {
        List<Finding> findings = new ArrayList<>();
        openFiles().ifPresent(findings::add);
        findings.add(tracesEndpoint.map(MachineCheck::traces).orElse(Finding.ok("traces", "Off: no endpoint is set")));
        return findings;
    }

    private static Optional<Finding> openFiles() throws IOException {
        if (!Files.isReadable(LIMITS)) {
            return Optional.empty();
        }
        Matcher limit = OPEN_FILES.matcher(Files.readString(LIMITS));
        if (!limit.find()) {
            return Optional.empty();
        }
        long files = Long.parseLong(limit.group(1));
        return Optional.of(
                files < FEW_FILES
                        ? Finding.warn(
                                "open files",
                                "At most %d, and a stream takes up to six".formatted(files),
                                "Raise the limit (ulimit -n, LimitNOFILE, --ulimit nofile) to 65536")
                        : Finding.ok("open files", "At most %d".formatted(files)));
    }

    private static Finding traces(String endpoint) {
        try (Socket socket = new Socket()) {
            URI uri = URI.create(endpoint);
            socket.connect(new InetSocketAddress(uri.getHost(), uri.getPort()), PATIENCE_MS);
            return Finding.ok("traces", "Go to " + endpoint);
        } catch (IOException | IllegalArgumentException e) {
            return Finding.warn(
                    "traces",
                    "%s cannot be reached, and traces are lost".formatted(endpoint),
                    "Start a collector there, or correct OTEL_EXPORTER_OTLP_ENDPOINT (quarkus.otel.exporter.otlp.endpoint)");
        }
    }
}
