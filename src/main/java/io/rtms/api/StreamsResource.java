package io.rtms.api;

import io.rtms.RtmsManager;
import io.rtms.http.Problem;
import io.rtms.stream.RtmsStream;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;

/** Streams that are known: live, on their way, or ended not long ago. */
@Path("/api/streams")
@Produces(MediaType.APPLICATION_JSON)
public class StreamsResource {
    private final RtmsManager manager;

    StreamsResource(RtmsManager manager) {
        this.manager = manager;
    }

    @GET
    @Operation(summary = "All streams that are known, the newest first")
    public List<StreamView> streams() {
        return manager.streams().stream().map(StreamView::of).toList();
    }

    @GET
    @Path("/{streamId}")
    @Operation(summary = "One stream")
    public StreamView stream(@PathParam("streamId") String streamId) {
        return StreamView.of(known(streamId).snapshot());
    }

    @DELETE
    @Path("/{streamId}")
    @Operation(
            summary =
                    "Leaves a stream: Zoom is told, and its transcript stays readable. Leaving one that has ended is no error")
    public Response leave(@PathParam("streamId") String streamId) {
        known(streamId).leave();
        return Response.noContent().build();
    }

    private RtmsStream known(String streamId) {
        return manager.client(streamId)
                .orElseThrow(() ->
                        new NotFoundException(Problem.of(Response.Status.NOT_FOUND, "No stream with this id is known.")
                                .toResponse()));
    }
}
