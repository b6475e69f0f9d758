package io.rtms.api;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.rtms.http.Problem;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;

/** Who is in a stream's meeting, and whose video is wanted. */
@Path("/api/streams")
@Produces(MediaType.APPLICATION_JSON)
@APIResponse(
        responseCode = "404",
        description = "No such stream",
        content = @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
public class ParticipantsResource {
    private final KnownStreams streams;

    ParticipantsResource(KnownStreams streams) {
        this.streams = streams;
    }

    @GET
    @Path("/{streamId}/participants")
    @Operation(summary = "Who is in the meeting, in the order in which they came, as far as Zoom has told")
    @APIResponse(responseCode = "200", description = "The participants; none once the stream has no signaling yet")
    public List<ParticipantView> participants(@PathParam("streamId") String streamId) {
        return streams.ask(streamId, StreamQuestion.PARTICIPANTS);
    }

    @PUT
    @Path("/{streamId}/video/{userId}")
    @Operation(
            summary = "Asks for one participant's video, instead of the one before",
            description =
                    "At most one participant is seen at a time. The wish outlives reconnections. What Zoom answers is a VideoSubscribed event.")
    @APIResponse(responseCode = "202", description = "Zoom is asked")
    @APIResponse(
            responseCode = "400",
            description = "The user id is no number from 1",
            content = @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
    @APIResponse(
            responseCode = "409",
            description =
                    "Individual video is not what the stream asks for, or the stream is over; says what to configure",
            content = @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
    public Response watch(@PathParam("streamId") String streamId, @PathParam("userId") String userId) {
        return subscribeVideo(streamId, userId, true);
    }

    @DELETE
    @Path("/{streamId}/video/{userId}")
    @Operation(summary = "Asks no longer for one participant's video")
    @APIResponse(responseCode = "202", description = "Zoom is asked")
    @APIResponse(
            responseCode = "400",
            description = "The user id is no number from 1",
            content = @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
    @APIResponse(
            responseCode = "409",
            description =
                    "Individual video is not what the stream asks for, or the stream is over; says what to configure",
            content = @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
    public Response watchNoLonger(@PathParam("streamId") String streamId, @PathParam("userId") String userId) {
        return subscribeVideo(streamId, userId, false);
    }

    private Response subscribeVideo(String streamId, String userId, boolean on) {
        try {
            ObjectNode wish = JsonNodeFactory.instance
                    .objectNode()
                    .put("userId", Long.parseLong(userId))
                    .put("on", on);
            streams.ask(streamId, StreamQuestion.VIDEO, wish);
            return Response.accepted().build();
        } catch (IllegalArgumentException e) { // of the number, or of its range
            return Problem.of(Response.Status.BAD_REQUEST, "The user id is no number from 1.")
                    .toResponse();
        } catch (IllegalStateException e) {
            return Problem.of(Response.Status.CONFLICT, e.getMessage()).toResponse();
        }
    }
}
