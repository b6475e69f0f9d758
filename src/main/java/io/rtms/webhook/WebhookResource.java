package io.rtms.webhook;

import io.micrometer.core.instrument.MeterRegistry;
import io.rtms.http.Problem;
import io.rtms.stream.App;
import io.rtms.stream.Apps;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.io.InputStream;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.jboss.logging.Logger;

/**
 * Zoom's door: checks, answers, and leaves the work to the intake. The path is {@code rtms.webhook.path} for the default app and
 * {@code rtms.webhook.path/<name>} for one with a name, see {@link WebhookPath}.
 */
@Path(WebhookPath.RESOURCE)
public class WebhookResource {
    private static final Logger LOG = Logger.getLogger(WebhookResource.class);
    private static final int MOST_VALIDATOR = 256;
    /** Label of events and apps that a request names and nobody knows. */
    private static final String UNKNOWN = "unknown";

    private final Apps apps;
    private final WebhookConfig config;
    private final WebhookSignature signature;
    private final WebhookReader reader;
    private final WebhookIntake intake;
    private final MeterRegistry metrics;

    WebhookResource(
            Apps apps,
            WebhookConfig config,
            WebhookSignature signature,
            WebhookReader reader,
            WebhookIntake intake,
            MeterRegistry metrics) {
        this.apps = apps;
        this.config = config;
        this.signature = signature;
        this.reader = reader;
        this.intake = intake;
        this.metrics = metrics;
    }

    /**
     * How a request shows that it is from Zoom.
     *
     * @param signature of the body, by one of the app's secrets
     * @param timestamp when it was signed, seconds since the epoch
     * @param validator what older validations want to have back; null in every other request
     */
    public record Proof(
            @HeaderParam("x-zm-signature") String signature,
            @HeaderParam("x-zm-request-timestamp") String timestamp,
            @HeaderParam("x-zm-webhook-validator") String validator) {}

    @POST
    @RunOnVirtualThread
    @Operation(
            summary =
                    "Takes a webhook from Zoom: the URL validation, *.rtms_started, *.rtms_stopped, *.rtms_interrupted and others")
    public Response receive(@BeanParam Proof proof, InputStream body) throws IOException {
        return receive(apps.defaultApp(), proof, body);
    }

    @POST
    @Path("/{app}")
    @RunOnVirtualThread
    @Operation(
            summary = "Takes a webhook for a named app (rtms.apps.<name>); only this app's secrets can have signed it")
    public Response receive(@PathParam("app") String name, @BeanParam Proof proof, InputStream body)
            throws IOException {
        Optional<App> app = apps.app(name);
        if (app.isEmpty()) {
            String detail = "No app with this name is configured.";
            return counted(UNKNOWN, refuse(Result.UNKNOWN_APP, Response.Status.NOT_FOUND, detail));
        }
        return receive(app.get(), proof, body);
    }

    private Response receive(App app, Proof proof, InputStream body) throws IOException {
        long began = System.nanoTime();
        Outcome outcome = answer(app, proof, body);
        metrics.timer("rtms.webhook").record(System.nanoTime() - began, TimeUnit.NANOSECONDS);
        return counted(app.name(), outcome);
    }

    private Response counted(String app, Outcome outcome) {
        metrics.counter(
                        "rtms.webhooks",
                        "event",
                        outcome.event(),
                        "result",
                        outcome.result().label(),
                        "app",
                        app)
                .increment();
        return outcome.response();
    }

    private Outcome answer(App app, Proof proof, InputStream stream) throws IOException {
        byte[] body = stream.readNBytes(config.maxBytes() + 1);
        if (body.length > config.maxBytes()) {
            return refuse(
                    Result.TOO_LARGE,
                    Response.Status.REQUEST_ENTITY_TOO_LARGE,
                    "The body is larger than %d bytes.".formatted(config.maxBytes()));
        }
        if (app.webhookSecrets().isEmpty()) {
            return refuse(
                    Result.UNAVAILABLE,
                    Response.Status.SERVICE_UNAVAILABLE,
                    "No webhook secret is configured: set %s.".formatted(app.webhookSecretsKey()));
        }
        if (!signature.matches(app, proof.signature(), proof.timestamp(), body)) {
            metrics.counter("rtms.signature.failures", "app", app.name()).increment();
            return refuse(
                    Result.UNAUTHORIZED,
                    Response.Status.UNAUTHORIZED,
                    "x-zm-signature is missing or wrong for this body and x-zm-request-timestamp.");
        }
        if (!signature.isRecent(proof.timestamp())) {
            return refuse(
                    Result.STALE,
                    Response.Status.UNAUTHORIZED,
                    "x-zm-request-timestamp is more than %d s off."
                            .formatted(config.maxAge().toSeconds()));
        }
        String validator = proof.validator();
        if (validator != null && !validator.isEmpty() && validator.length() <= MOST_VALIDATOR) {
            return challenge(Map.of("plainToken", validator));
        }
        return take(app, body);
    }

    private Outcome take(App app, byte[] body) {
        Webhook webhook;
        try {
            webhook = reader.read(body);
        } catch (InvalidWebhookException e) {
            return refuse(Result.INVALID, Response.Status.BAD_REQUEST, e.getMessage());
        }
        if (webhook instanceof Webhook.UrlValidation validation) {
            String token = validation.plainToken();
            return challenge(Map.of("plainToken", token, "encryptedToken", signature.encryptedToken(app, token)));
        }
        String event = label(webhook);
        if (!intake.accept(app.name(), webhook)) {
            return new Outcome(
                    event,
                    Result.UNAVAILABLE,
                    Problem.of(Response.Status.SERVICE_UNAVAILABLE, "Too much to do just now, please come again.")
                            .toResponse());
        }
        return new Outcome(event, Result.ACCEPTED, Response.noContent().build());
    }

    /** Anybody may name events as they like; only those that are known become labels. */
    private static String label(Webhook webhook) {
        boolean known = !(webhook instanceof Webhook.Other) || AccountNotices.isNotice(webhook.event());
        return known ? webhook.event() : "other";
    }

    private static Outcome challenge(Map<String, String> answer) {
        return new Outcome(
                "endpoint.url_validation",
                Result.CHALLENGE,
                Response.ok(answer, MediaType.APPLICATION_JSON_TYPE).build());
    }

    private static Outcome refuse(Result result, Response.Status status, String detail) {
        LOG.warnf("Refused a webhook: %s", detail);
        return new Outcome(UNKNOWN, result, Problem.of(status, detail).toResponse());
    }

    /** What came of a request, for the answer and the counters. */
    private record Outcome(String event, Result result, Response response) {}

    /** How a request ended. */
    private enum Result {
        ACCEPTED,
        CHALLENGE,
        UNKNOWN_APP,
        TOO_LARGE,
        UNAUTHORIZED,
        STALE,
        INVALID,
        UNAVAILABLE;

        String label() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
