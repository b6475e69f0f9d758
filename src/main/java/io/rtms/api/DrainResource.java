package io.rtms.api;

import io.rtms.cluster.Nodes;
import io.rtms.cluster.Orders.RefusedException;
import io.rtms.http.Problem;
import io.rtms.stream.StreamRegistry.RegistryAwayException;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** How a node is emptied. */
@Path("/api/drain")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Nodes")
public class DrainResource {
    private final KnownNodes known;

    DrainResource(KnownNodes known) {
        this.known = known;
    }

    @POST
    @RunOnVirtualThread
    @Operation(
            summary =
                    "Empties a node: it takes no more streams, gives back those that it has, and sends its readers elsewhere",
            description =
                    "Other nodes go on with its streams; without a cluster, this service does after its restart. The process itself stays"
                            + " until it is stopped. SIGTERM does the same by itself.")
    @APIResponse(responseCode = "202", description = "It is being emptied")
    @APIResponse(
            responseCode = "404",
            description = "No such node",
            content = @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
    @APIResponse(
            responseCode = "503",
            description = "Redis cannot be reached",
            content = @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
    public Response drain(
            @Parameter(
                            description =
                                    "id or name of the node, as /api/nodes shows it; missing for the one that is asked")
                    @QueryParam("node")
                    String node) {
        if (node == null) {
            known.drainHere();
            return Response.accepted().build();
        }
        try {
            List<Nodes.View> meant = known.all().stream()
                    .filter(view -> view.id().equals(node) || view.name().equals(node))
                    .toList();
            if (meant.isEmpty()) {
                return Problem.of(Response.Status.NOT_FOUND, "No such node.").toResponse();
            }
            meant.forEach(known::drain);
            return Response.accepted().build();
        } catch (RegistryAwayException e) {
            return Problem.of(Response.Status.SERVICE_UNAVAILABLE, e.getMessage())
                    .toResponse();
        } catch (RefusedException e) {
            return Problem.of(Response.Status.fromStatusCode(e.status()), e.getMessage())
                    .toResponse();
        }
    }
}
