package io.rtms.api;

import io.rtms.http.Problem;
import io.rtms.stream.StreamRegistry.RegistryAwayException;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** The nodes that share the streams, as each describes itself. */
@Path("/api/nodes")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Nodes")
public class NodesResource {
    private final KnownNodes known;

    NodesResource(KnownNodes known) {
        this.known = known;
    }

    @GET
    @RunOnVirtualThread
    @Operation(summary = "All nodes that are alive: how many streams each has, and may have")
    @APIResponse(responseCode = "200", description = "The nodes; where there is no cluster, this one")
    @APIResponse(
            responseCode = "503",
            description = "Redis cannot be reached",
            content = @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
    public Response nodes() {
        try {
            return Response.ok(known.all()).build();
        } catch (RegistryAwayException e) {
            return Problem.of(Response.Status.SERVICE_UNAVAILABLE, e.getMessage())
                    .toResponse();
        }
    }
}
