package io.rtms.api;

import com.fasterxml.jackson.databind.JsonNode;
import io.rtms.RtmsManager;
import io.rtms.StoppingException;
import io.rtms.http.BoundedBody;
import io.rtms.http.JsonBody;
import io.rtms.http.Problem;
import io.rtms.stream.JoinRequest;
import io.rtms.stream.StreamRegistry.HeldElsewhereException;
import io.rtms.stream.StreamRegistry.RegistryAwayException;
import io.rtms.stream.StreamSnapshot;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.headers.Header;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;

/** Streams that are known: live, on their way, or ended not long ago. */
@Path("/api/streams")
@Produces(MediaType.APPLICATION_JSON)
public class StreamsResource {
    private static final int MOST_BYTES = 65_536;
    private static final String EXAMPLE =
            "{\"meeting_uuid\": \"aB+/9w==\", \"rtms_stream_id\": \"0a1b2c\", \"server_urls\": \"wss://rtms-sjc1.zoom.us:443\"}";

    private final RtmsManager manager;
    private final KnownStreams known;

    StreamsResource(RtmsManager manager, KnownStreams known) {
        this.manager = manager;
        this.known = known;
    }

    @GET
    @Operation(summary = "All streams that are known, of all nodes, the newest first")
    public List<StreamView> streams() {
        return known.all();
    }

    @POST
    @RunOnVirtualThread
    @Operation(
            summary = "Joins a stream by hand",
            description =
                    "Takes what a webhook says when it announces a stream: its payload, or the whole webhook. For those who take in webhooks"
                            + " elsewhere. The field app names the configured app whose credentials are used.")
    @RequestBody(
            required = true,
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_JSON,
                            schema = @Schema(type = SchemaType.OBJECT),
                            example = EXAMPLE))
    @APIResponse(
            responseCode = "201",
            description = "The stream is being joined",
            headers =
                    @Header(
                            name = "Location",
                            description = "The stream",
                            schema = @Schema(implementation = String.class)),
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_JSON,
                            schema = @Schema(implementation = StreamView.class)))
    @APIResponse(
            responseCode = "400",
            description = "A field is missing or wrong, or the app is not configured; says which field or key",
            content = @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
    @APIResponse(
            responseCode = "409",
            description = "The stream is joined already",
            content = @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
    @APIResponse(
            responseCode = "503",
            description = "The service is on its way down, or Redis cannot be reached",
            content = @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
    @APIResponse(
            responseCode = "413",
            description = "The body is larger than 64 KiB",
            content = @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
    public Response join(InputStream stream, @Context UriInfo uri) throws IOException {
        byte[] body = BoundedBody.read(stream, MOST_BYTES);
        RtmsManager.Joined joined;
        try {
            joined = manager.join(request(JsonBody.object(body)));
        } catch (IllegalArgumentException e) {
            return Problem.of(Response.Status.BAD_REQUEST, e.getMessage()).toResponse();
        } catch (HeldElsewhereException e) {
            return Problem.of(
                            Response.Status.CONFLICT, "The stream is joined already, by node %s.".formatted(e.holder()))
                    .toResponse();
        } catch (StoppingException | RegistryAwayException e) {
            return Problem.of(Response.Status.SERVICE_UNAVAILABLE, e.getMessage())
                    .toResponse();
        }
        StreamSnapshot snapshot = joined.stream().snapshot();
        if (!joined.isNew()) {
            return Problem.of(
                            Response.Status.CONFLICT,
                            "The stream is joined already; it is %s."
                                    .formatted(snapshot.state().label()))
                    .toResponse();
        }
        return Response.created(uri.getAbsolutePathBuilder()
                        .path("{streamId}")
                        .build(snapshot.stream().streamId()))
                .entity(StreamView.of(snapshot))
                .build();
    }

    private static JoinRequest request(JsonNode webhook) {
        JoinRequest request = JoinRequest.fromWebhook(webhook);
        JsonNode app = webhook.path("app");
        if (app.isMissingNode()) {
            return request;
        }
        if (!app.isTextual()) {
            throw new IllegalArgumentException("app is no string");
        }
        return request.toBuilder().app(app.asText()).build();
    }

    @GET
    @Path("/{streamId}")
    @Operation(summary = "One stream")
    @APIResponse(responseCode = "200", description = "The stream as it stands")
    @APIResponse(
            responseCode = "404",
            description = "No such stream",
            content = @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
    public StreamView stream(@PathParam("streamId") String streamId) {
        return known.ask(streamId, StreamQuestion.VIEW);
    }

    @DELETE
    @Path("/{streamId}")
    @Operation(
            summary =
                    "Leaves a stream: Zoom is told, and its transcript stays readable. Leaving one that has ended is no error")
    @APIResponse(responseCode = "204", description = "The stream is being left, or is over")
    @APIResponse(
            responseCode = "404",
            description = "No such stream",
            content = @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
    public Response leave(@PathParam("streamId") String streamId) {
        known.ask(streamId, StreamQuestion.LEAVE);
        return Response.noContent().build();
    }
}
