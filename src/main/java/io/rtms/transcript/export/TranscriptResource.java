package io.rtms.transcript.export;

import io.rtms.http.Problem;
import io.rtms.transcript.KnownTranscripts;
import io.rtms.transcript.log.TranscriptLog;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Response;
import java.io.UncheckedIOException;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** A stream's transcript over plain HTTP, as a document. */
@Path("/api/streams")
@Tag(name = "Transcripts")
public class TranscriptResource {
    private final KnownTranscripts known;

    TranscriptResource(KnownTranscripts known) {
        this.known = known;
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
        TranscriptLog log = known.require(streamId);
        try {
            return Response.ok(chosen.write(log), chosen.mediaType()).build();
        } catch (UncheckedIOException e) {
            throw problem(Response.Status.SERVICE_UNAVAILABLE, "The transcript cannot be read from disk now.");
        }
    }

    private static WebApplicationException problem(Response.Status status, String detail) {
        return new WebApplicationException(Problem.of(status, detail).toResponse());
    }
}
