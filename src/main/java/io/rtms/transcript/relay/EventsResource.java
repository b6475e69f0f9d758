package io.rtms.transcript.relay;

import io.rtms.access.Access;
import io.rtms.access.AuditLog;
import io.rtms.access.Grant;
import io.rtms.access.Refusal;
import io.rtms.http.Problem;
import io.rtms.transcript.KnownTranscripts;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.vertx.ext.web.RoutingContext;
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
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** A stream's transcript over plain HTTP, live: the relay as server-sent events. */
@Path("/api/streams")
@Tag(name = "Transcripts")
public class EventsResource {
    private final KnownTranscripts known;
    private final Relay relay;
    private final RelayConfig config;
    private final Access access;

    EventsResource(KnownTranscripts known, Relay relay, RelayConfig config, Access access) {
        this.known = known;
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
        known.require(streamId);
        MessageSink sink = new EventSink(events, sse, config.sendTimeout());
        TranscriptReader reader = relay.admit(UUID.randomUUID().toString(), sink)
                .orElseThrow(() ->
                        problem(Response.Status.TOO_MANY_REQUESTS, "The relay has all the connections it takes."));
        reader.subscribe(allowed);
        relay.run(reader);
        events.close();
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
