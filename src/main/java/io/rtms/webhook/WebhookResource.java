package io.rtms.webhook;

import io.rtms.access.AuditLog;
import io.rtms.access.OpenDoor;
import io.rtms.stream.App;
import io.rtms.stream.Apps;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.vertx.core.http.HttpServerRequest;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;

/**
 * Zoom's door as HTTP: reads the body, asks {@link WebhookDoor}, counts, and writes down who was turned away. The path is
 * {@code rtms.webhook.path} for the default app and {@code rtms.webhook.path/<name>} for one with a name, see {@link WebhookPath}.
 */
@Path(WebhookPath.RESOURCE)
public class WebhookResource implements OpenDoor {
    private final Apps apps;
    private final WebhookConfig config;
    private final WebhookDoor door;
    private final AuditLog audit;
    private final WebhookMeters meters;

    WebhookResource(Apps apps, WebhookConfig config, WebhookDoor door, AuditLog audit, WebhookMeters meters) {
        this.apps = apps;
        this.config = config;
        this.door = door;
        this.audit = audit;
        this.meters = meters;
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
    public Response receive(@BeanParam Proof proof, InputStream body, @Context HttpServerRequest request)
            throws IOException {
        return receive(apps.defaultApp(), proof, body, request);
    }

    @POST
    @Path("/{app}")
    @RunOnVirtualThread
    @Operation(
            summary = "Takes a webhook for a named app (rtms.apps.<name>); only this app's secrets can have signed it")
    public Response receive(
            @PathParam("app") String name, @BeanParam Proof proof, InputStream body, @Context HttpServerRequest request)
            throws IOException {
        Optional<App> app = apps.app(name);
        if (app.isEmpty()) {
            String why = "No app with this name is configured.";
            Outcome unknown = Outcome.refused(Outcome.Result.UNKNOWN_APP, Response.Status.NOT_FOUND, why);
            return noted(Outcome.UNKNOWN, unknown, request);
        }
        return receive(app.get(), proof, body, request);
    }

    private Response receive(App app, Proof proof, InputStream body, HttpServerRequest request) throws IOException {
        long began = System.nanoTime();
        Outcome outcome = answer(app, proof, body);
        meters.answered(app.name(), outcome, Duration.ofNanos(System.nanoTime() - began));
        return noted(app.name(), outcome, request);
    }

    private Outcome answer(App app, Proof proof, InputStream stream) throws IOException {
        byte[] body = stream.readNBytes(config.maxBytes() + 1);
        return body.length > config.maxBytes()
                ? Outcome.refused(
                        Outcome.Result.TOO_LARGE,
                        Response.Status.REQUEST_ENTITY_TOO_LARGE,
                        "The body is larger than %d bytes.".formatted(config.maxBytes()))
                : door.answer(app, proof, body);
    }

    private Response noted(String app, Outcome outcome, HttpServerRequest request) {
        if (!outcome.why().isEmpty()) {
            String who = String.valueOf(request.remoteAddress());
            audit.refused(AuditLog.Door.WEBHOOK, who, request.method() + " " + request.path(), outcome.why());
        }
        meters.count(app, outcome);
        return outcome.response();
    }
}
