package io.rtms.webhook;

import io.rtms.Command;
import io.rtms.RtmsMain;
import io.rtms.http.OwnPaths;
import io.rtms.stream.App;
import io.rtms.stream.Apps;
import io.rtms.stream.JoinRequest;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** {@code --send-webhook FILE [URL] [APP]}: posts a file as Zoom would, signed with the app's newest secret, byte for byte. */
@Singleton
class SendWebhook implements Command {
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final int MOST_ARGUMENTS = 3;

    private final Apps apps;
    private final WebhookSignature signature;
    private final String path;
    private final int port;

    SendWebhook(
            Apps apps,
            WebhookSignature signature,
            WebhookConfig config,
            @ConfigProperty(name = "quarkus.http.port", defaultValue = "8080") int port) {
        this.apps = apps;
        this.signature = signature;
        this.path = OwnPaths.webhook(config.path());
        this.port = port;
    }

    @Override
    public String option() {
        return "--send-webhook";
    }

    @Override
    public int run(List<String> arguments) {
        if (arguments.isEmpty() || arguments.size() > MOST_ARGUMENTS) {
            System.out.println("Usage: --send-webhook FILE [URL] [APP]");
            return RtmsMain.USAGE;
        }
        String name = arguments.size() == MOST_ARGUMENTS ? arguments.get(2) : JoinRequest.DEFAULT_APP;
        Optional<App> app = apps.app(name);
        if (app.isEmpty() || app.get().webhookSecrets().isEmpty()) {
            System.out.printf(
                    "There is nothing to sign with: set %s%n",
                    app.map(App::webhookSecretsKey).orElse("rtms.apps.%s.webhook-secrets".formatted(name)));
            return 1;
        }
        try {
            URI url = URI.create(arguments.size() > 1 ? arguments.get(1) : ownUrl(app.get()));
            return send(app.get(), url, read(arguments.getFirst()));
        } catch (IOException e) {
            System.out.printf("%s cannot be read: %s%n", arguments.getFirst(), e.getMessage());
        } catch (IllegalArgumentException e) {
            System.out.println(e.getMessage());
        }
        return 1;
    }

    private int send(App app, URI url, byte[] body) {
        String timestamp = Long.toString(Instant.now().getEpochSecond());
        HttpRequest request = HttpRequest.newBuilder(url)
                .timeout(PATIENCE)
                .header("content-type", "application/json; charset=utf-8")
                .header("x-zm-request-timestamp", timestamp)
                .header("x-zm-signature", signature.of(app.webhookSecrets().getFirst(), timestamp, body))
                .POST(HttpRequest.BodyPublishers.ofByteArray(body))
                .build();
        try (HttpClient client =
                HttpClient.newBuilder().connectTimeout(PATIENCE).build()) {
            HttpResponse<String> answer = client.send(request, HttpResponse.BodyHandlers.ofString());
            System.out.printf("%s answered %d%n%s", url, answer.statusCode(), answer.body());
            return answer.statusCode() / 100 == 2 ? 0 : 1;
        } catch (ConnectException e) {
            System.out.printf("Nobody listens at %s%n", url);
        } catch (IOException e) {
            System.out.printf("No answer from %s: %s%n", url, e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return 1;
    }

    private String ownUrl(App app) {
        String suffix = app.equals(apps.defaultApp()) ? "" : "/" + app.name();
        return "http://localhost:%d%s%s".formatted(port, path, suffix);
    }

    private static byte[] read(String file) throws IOException {
        return file.equals("-") ? System.in.readAllBytes() : Files.readAllBytes(Path.of(file));
    }
}
