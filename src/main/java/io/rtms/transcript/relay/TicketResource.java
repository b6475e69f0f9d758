package io.rtms.transcript.relay;

import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.runtime.annotations.RegisterForReflection;
import io.rtms.access.Grant;
import io.rtms.access.Ticket;
import io.rtms.access.Tickets;
import io.rtms.http.BoundedBody;
import io.rtms.http.JsonBody;
import io.rtms.http.Problem;
import io.rtms.transcript.log.EntryKind;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Makes tickets: a program that holds a token asks for one, and gives it to the browser that is to read one stream. */
@Path("/api/tickets")
@Tag(name = "Transcripts")
@Produces(MediaType.APPLICATION_JSON)
public class TicketResource {
    private static final int MOST_BYTES = 4096;
    private static final Set<String> FIELDS = Set.of("streamId", "kinds", "ttl");
    private static final String EXAMPLE =
            "{\"streamId\": \"0a1b2c\", \"kinds\": [\"transcript\", \"speaker\"], \"ttl\": 60}";

    private final Tickets tickets;

    TicketResource(Tickets tickets) {
        this.tickets = tickets;
    }

    /**
     * What is asked for; read from JSON by hand, as strictly as everything from outside.
     *
     * @param streamId the stream, or * for all
     * @param kinds kinds of entries
     * @param ttl seconds
     */
    @Schema(name = "TicketRequest")
    record Asked(
            @Schema(required = true, minLength = 1, maxLength = 512)
            String streamId,

            List<String> kinds,
            Integer ttl) {}

    /**
     * A ticket as it is handed out.
     *
     * @param ticket what the browser presents as {@code ?ticket=}
     * @param streamId the stream that it opens, * for all
     * @param kinds the kinds of entries that it opens
     * @param expiresAt when it is worth nothing any more, milliseconds since the epoch
     */
    @Schema(name = "Ticket")
    @RegisterForReflection
    public record View(String ticket, String streamId, Set<String> kinds, long expiresAt) {
        /** Without what is secret. */
        @Override
        public String toString() {
            return "View[streamId=%s, kinds=%s, expiresAt=%d]".formatted(streamId, kinds, expiresAt);
        }
    }

    @POST
    @RunOnVirtualThread
    @Operation(
            summary = "Makes a ticket for a browser: good for one connection to one stream, and not for long",
            description =
                    "The ticket opens /ws/transcripts?ticket= and /api/streams/{id}/events?ticket= once. Whoever connects again, for example"
                            + " after the network was gone, needs another one; so EventSource, which connects again by itself, ends with the"
                            + " first connection. kinds limits the entries (all by default); ttl is in seconds (rtms.access.tickets.ttl by"
                            + " default, rtms.access.tickets.max-ttl at the most).")
    @RequestBody(
            required = true,
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_JSON,
                            schema = @Schema(implementation = Asked.class),
                            example = EXAMPLE))
    @APIResponse(
            responseCode = "201",
            description = "The ticket; it is shown this once",
            content = @Content(mediaType = MediaType.APPLICATION_JSON, schema = @Schema(implementation = View.class)))
    @APIResponse(
            responseCode = "400",
            description = "A field is missing, wrong or unknown; says which",
            content = @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
    @APIResponse(
            responseCode = "413",
            description = "The body is larger than 4 KiB",
            content = @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
    @APIResponse(
            responseCode = "429",
            description = "As many tickets are out as there may be (rtms.access.tickets.most)",
            content = @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
    public Response issue(InputStream stream) throws IOException {
        byte[] body = BoundedBody.read(stream, MOST_BYTES);
        try {
            JsonNode asked = JsonBody.object(body);
            return answer(tickets.issue(grant(asked), ttl(asked)));
        } catch (BadMessage | IllegalArgumentException e) {
            return Problem.of(Response.Status.BAD_REQUEST, e.getMessage()).toResponse();
        }
    }

    private static Response answer(Optional<Ticket> ticket) {
        if (ticket.isEmpty()) {
            String why = "As many tickets are out as there may be (rtms.access.tickets.most).";
            Response problem =
                    Problem.of(Response.Status.TOO_MANY_REQUESTS, why).toResponse();
            return Response.fromResponse(problem)
                    .header(HttpHeaders.RETRY_AFTER, 1)
                    .build();
        }
        Grant grant = ticket.get().grant();
        View view = new View(
                ticket.get().value(),
                grant.streamId(),
                new TreeSet<>(grant.kinds()),
                ticket.get().expires().toEpochMilli());
        return Response.status(Response.Status.CREATED).entity(view).build();
    }

    /** The same words as a subscription's, read by the same rules. */
    private static Grant grant(JsonNode asked) throws BadMessage {
        asked.fieldNames().forEachRemaining(name -> {
            if (!FIELDS.contains(name)) {
                throw new IllegalArgumentException("unknown field: there are streamId, kinds and ttl");
            }
        });
        ClientMessage.Subscribe subscribe = ClientMessages.subscribe(asked);
        return new Grant(
                subscribe.streamId(),
                subscribe.kinds().stream().map(EntryKind::label).collect(Collectors.toSet()));
    }

    private static Optional<Duration> ttl(JsonNode asked) {
        JsonNode ttl = asked.path("ttl");
        if (ttl.isMissingNode()) {
            return Optional.empty();
        }
        if (!ttl.isInt()) {
            throw new IllegalArgumentException("ttl must be an integer, in seconds");
        }
        return Optional.of(Duration.ofSeconds(ttl.intValue()));
    }
}
