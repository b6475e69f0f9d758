package io.rtms.simulator.rest;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.rtms.event.StopReason;
import io.rtms.http.BoundedBody;
import io.rtms.http.JsonBody;
import io.rtms.http.Problem;
import io.rtms.simulator.SimulatedMeeting;
import io.rtms.simulator.Simulator;
import io.rtms.simulator.fault.ArmedFault;
import io.rtms.simulator.fault.Fault;
import io.rtms.simulator.script.FaultFields;
import io.rtms.simulator.script.LineFields;
import io.rtms.simulator.script.ScriptException;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.BadRequestException;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.logging.Logger;

/** Meetings of the simulated Zoom, and what goes wrong in them. Everything is 404 unless the simulator runs. */
@Path("/simulator")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Simulator", description = "The simulated Zoom; only there with rtms.simulator.enabled=true")
public class SimulatorResource {
    private static final Logger LOG = Logger.getLogger(SimulatorResource.class);
    private static final int MOST_BYTES = 1024 * 1024;

    private final Simulator simulator;

    SimulatorResource(Simulator simulator) {
        this.simulator = simulator;
    }

    @GET
    @Path("/meetings")
    @Operation(summary = "The meetings that are being played, with what was sent, twice or never")
    @APIResponse(responseCode = "200", description = "The meetings")
    @APIResponse(
            responseCode = "404",
            description = "The simulator does not run",
            content = @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
    public List<MeetingView> meetings() {
        return running().meetings().stream().map(MeetingView::of).toList();
    }

    @POST
    @Path("/meetings")
    @RunOnVirtualThread
    @Operation(
            summary = "Plays another meeting",
            description =
                    "Every field may be missing: script (WebVTT), happenings (JSON Lines), speed, product, loop, webhooks,"
                            + " keepTranscripts, overlapMs, deviations and faults. What is missing is as configured, but played once.")
    @RequestBody(
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_JSON,
                            schema = @Schema(type = SchemaType.OBJECT),
                            example = "{\"speed\": 5, \"keepTranscripts\": true, \"overlapMs\": 2000,"
                                    + " \"faults\": [{\"fault\": \"fail-over\", \"moment\": \"live\"}]}"))
    @APIResponse(
            responseCode = "201",
            description = "The meeting is being played",
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_JSON,
                            schema = @Schema(implementation = MeetingView.class)))
    @APIResponse(
            responseCode = "400",
            description = "A field is wrong or unknown; says which, and what it can be",
            content = @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
    @APIResponse(
            responseCode = "404",
            description = "The simulator does not run",
            content = @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
    @APIResponse(
            responseCode = "413",
            description = "The body is larger than 1 MiB",
            content = @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
    public Response play(InputStream stream) throws IOException {
        PlayRequest request = read(stream, body -> PlayRequest.read(body, running()));
        SimulatedMeeting meeting = running().play(request.script(), request.options());
        return Response.status(Response.Status.CREATED)
                .entity(MeetingView.of(meeting))
                .build();
    }

    @POST
    @Path("/meetings/{streamId}/faults")
    @RunOnVirtualThread
    @Operation(
            summary = "Breaks a meeting, now or when a moment comes",
            description = "The fields of a happening of kind fault: fault, moment and times, and what the fault takes.")
    @RequestBody(
            required = true,
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_JSON,
                            schema = @Schema(type = SchemaType.OBJECT),
                            example = "{\"fault\": \"drop-signaling\", \"how\": \"reset\"}"))
    @APIResponse(responseCode = "204", description = "It happens, or will")
    @APIResponse(
            responseCode = "400",
            description = "A field is missing, wrong or unknown; says which, and what it can be",
            content = @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
    @APIResponse(
            responseCode = "404",
            description = "The simulator does not run, or plays no such meeting",
            content = @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
    @APIResponse(
            responseCode = "409",
            description = "There is nothing now that the fault is about, such as a connection",
            content = @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
    @APIResponse(
            responseCode = "413",
            description = "The body is larger than 1 MiB",
            content = @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
    public Response breakMeeting(@PathParam("streamId") String streamId, InputStream stream) throws IOException {
        SimulatedMeeting meeting = meeting(streamId);
        ArmedFault fault = read(stream, body -> FaultFields.read("the body", body));
        if (!meeting.arm(fault)) {
            return Problem.of(
                            Response.Status.CONFLICT,
                            "There is nothing in this meeting now that this fault is about, such as a connection.")
                    .toResponse();
        }
        return Response.noContent().build();
    }

    @DELETE
    @Path("/meetings/{streamId}")
    @Operation(summary = "Ends a meeting, and its loop, as Zoom would")
    @APIResponse(responseCode = "204", description = "The meeting ends")
    @APIResponse(
            responseCode = "400",
            description = "No such reason; says which there are",
            content = @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
    @APIResponse(
            responseCode = "404",
            description = "The simulator does not run, or plays no such meeting",
            content = @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
    public Response stop(@PathParam("streamId") String streamId, @QueryParam("reason") String reason) {
        meeting(streamId).stop(reason == null ? StopReason.HOST_TRIGGERED : reason(reason));
        return Response.noContent().build();
    }

    @POST
    @Path("/gateway/restart")
    @RunOnVirtualThread
    @Operation(
            summary = "Resets every connection, listens to nobody for a time, and listens again",
            description =
                    "awayMs says how long (default 1000), streamsSurvive (default true) whether streams can be joined again.")
    @RequestBody(
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_JSON,
                            schema = @Schema(type = SchemaType.OBJECT),
                            example = "{\"awayMs\": 5000, \"streamsSurvive\": true}"))
    @APIResponse(responseCode = "202", description = "It happens")
    @APIResponse(
            responseCode = "400",
            description = "A field is wrong or unknown; says which, and what it can be",
            content = @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
    @APIResponse(
            responseCode = "404",
            description = "The simulator does not run",
            content = @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
    @APIResponse(
            responseCode = "413",
            description = "The body is larger than 1 MiB",
            content = @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
    public Response restart(InputStream stream) throws IOException {
        Fault.RestartGateway restart = read(stream, SimulatorResource::restart);
        Simulator running = running();
        Thread.ofVirtual().name("simulator-restart").start(() -> restart(running, restart));
        return Response.accepted().build();
    }

    private static Fault.RestartGateway restart(ObjectNode body) {
        LineFields fields = new LineFields("the body", 0, body);
        Duration away = fields.timeOr("awayMs", Duration.ofSeconds(1), Fault.LONGEST);
        boolean survive = fields.truthOr("streamsSurvive", true);
        fields.rejectOthers();
        return new Fault.RestartGateway(away, survive);
    }

    private static void restart(Simulator simulator, Fault.RestartGateway restart) {
        try {
            simulator.restartGateway(restart.away(), restart.streamsSurvive());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (IllegalStateException e) {
            LOG.errorf("The simulator's gateway is not restarted: %s", e.getMessage());
        }
    }

    /** Throws 404 where there is none. */
    private Simulator running() {
        if (!simulator.isRunning()) {
            throw notFound("The simulator does not run: set rtms.simulator.enabled=true.");
        }
        return simulator;
    }

    private SimulatedMeeting meeting(String streamId) {
        return running().meetings().stream()
                .filter(meeting -> meeting.streamId().equals(streamId))
                .findFirst()
                .orElseThrow(() -> notFound("No meeting with this stream id is being played."));
    }

    private static NotFoundException notFound(String detail) {
        return new NotFoundException(
                Problem.of(Response.Status.NOT_FOUND, detail).toResponse());
    }

    private static StopReason reason(String name) {
        return Arrays.stream(StopReason.values())
                .filter(reason -> reason.name().equalsIgnoreCase(name))
                .findFirst()
                .orElseThrow(() -> badRequest("reason \"" + name + "\" is none of "
                        + Arrays.stream(StopReason.values()).map(Enum::name).collect(Collectors.joining(", "))
                        + "."));
    }

    private static BadRequestException badRequest(String detail) {
        return new BadRequestException(
                Problem.of(Response.Status.BAD_REQUEST, detail).toResponse());
    }

    /** Reads an object; no body at all is an empty one. */
    private <T> T read(InputStream stream, Function<ObjectNode, T> reader) throws IOException {
        running();
        byte[] body = BoundedBody.read(stream, MOST_BYTES);
        try {
            return reader.apply((ObjectNode) JsonBody.object(body.length == 0 ? new byte[] {'{', '}'} : body));
        } catch (ScriptException | IllegalArgumentException e) {
            throw badRequest(e.getMessage());
        }
    }
}
