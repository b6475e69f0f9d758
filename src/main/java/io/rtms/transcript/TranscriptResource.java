package io.rtms.transcript;

import io.rtms.access.Access;
import io.rtms.access.AuditLog;
import io.rtms.access.Grant;
import io.rtms.access.Refusal;
import io.rtms.http.Problem;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.sse.Sse;
import jakarta.ws.rs.sse.SseEventSink;
import java.io.UncheckedIOException;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** A stream's transcript over plain HTTP: live as server-sent events, and as a document. */
@Path("/api/streams")
@Tag(name = "Transcripts")
public class TranscriptResource {
    private final TranscriptLogs logs;
    private final Relay relay;
    private final RelayConfig config;
    private final Access access;

    TranscriptResource(TranscriptLogs logs, Relay relay, RelayConfig config, Access access) {
        this.logs = logs;
        this.relay = relay;
        this.config = config;
        this.access = access;
    }

    /** Follows a stream: the messages of the WebSocket relay as server-sent events. */
    @GET
    @Path("{id}/events")
    @Produces(MediaType.SERVER_SENT_EVENTS)
    @RunOnVirtualThread
    @Operation(summary = "Follow a stream: history, then live, as server-sent events")
    public void events(
            @PathParam("id") String streamId,
            @Parameter(description = "Number of the last entry seen; set by browsers that reconnect")
                    @HeaderParam("Last-Event-ID")
                    String lastEventId,
            @Parameter(description = "Number of the last entry that is not wanted") @QueryParam("after") String after,
            @Parameter(description = "Begin with the newest entries, at most so many") @QueryParam("tail") String tail,
            @Parameter(description = "Kinds of entries, comma separated") @QueryParam("kinds") String kinds,
            @Parameter(description = "A ticket instead of a token (POST /api/tickets); used up by this request")
                    @QueryParam("ticket")
                    String ticket,
            @Context RoutingContext request,
            @Context SseEventSink events,
            @Context Sse sse) {
        boolean resumed = lastEventId != null && !lastEventId.isBlank();
        ClientMessage.Subscribe subscribe =
                resumed ? parse(streamId, lastEventId.strip(), null, kinds) : parse(streamId, after, tail, kinds);
        ClientMessage.Subscribe allowed = subscribe.within(Grant.of(request)).orElseThrow(() -> notAllowed(request));
        requireLog(streamId);
        MessageSink sink = new EventSink(events, sse, config.sendTimeout());
        TranscriptReader reader = relay.admit(UUID.randomUUID().toString(), sink)
                .orElseThrow(() ->
                        problem(Response.Status.TOO_MANY_REQUESTS, "The relay has all the connections it takes."));
        reader.subscribe(allowed);
        relay.run(reader);
        events.close();
    }

    /** What was said, as a document. */
    @GET
    @Path("{id}/transcript")
    @RunOnVirtualThread
    @Operation(
            summary = "What was said, as a document",
            description =
                    "json and jsonl hold every entry as it was relayed, from the first one, also those of before a restart. The others hold what"
                            + " was said in the end, without what was corrected or withdrawn: txt with the chat between the lines, vtt and srt only what could be heard.")
    public Response transcript(
            @PathParam("id") String streamId,
            @Parameter(description = "json, jsonl, vtt, srt or txt") @QueryParam("format") @DefaultValue("json")
                    String format) {
        TranscriptFormat chosen = TranscriptFormat.ofLabel(format)
                .orElseThrow(() ->
                        problem(Response.Status.BAD_REQUEST, "format must be one of " + TranscriptFormat.labels()));
        TranscriptLog log = requireLog(streamId);
        try {
            return Response.ok(chosen.write(log), chosen.mediaType()).build();
        } catch (UncheckedIOException e) {
            throw problem(Response.Status.SERVICE_UNAVAILABLE, "The transcript cannot be read from disk now.");
        }
    }

    private TranscriptLog requireLog(String streamId) {
        return logs.find(streamId).orElseThrow(() -> problem(Response.Status.NOT_FOUND, "No stream " + streamId + "."));
    }

    private static ClientMessage.Subscribe parse(String streamId, String after, String tail, String kinds) {
        try {
            return ClientMessages.subscribe(streamId, after, tail, kinds);
        } catch (BadMessage e) {
            throw problem(Response.Status.BAD_REQUEST, e.getMessage());
        }
    }

    private WebApplicationException notAllowed(RoutingContext request) {
        String who = String.valueOf(request.request().remoteAddress());
        access.refused(Refusal.FOREIGN_STREAM, AuditLog.Door.RELAY, who, "GET " + request.normalizedPath());
        return problem(Response.Status.FORBIDDEN, Refusal.FOREIGN_STREAM.text());
    }

    private static WebApplicationException problem(Response.Status status, String detail) {
        return new WebApplicationException(Problem.of(status, detail).toResponse());
    }
}
