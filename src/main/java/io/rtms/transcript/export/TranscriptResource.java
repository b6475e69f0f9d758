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
import jakarta.ws.rs.core.StreamingOutput;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** A stream's transcript over plain HTTP, as a document. */
@Path("/api/streams")
@Tag(name = "Transcripts")
public class TranscriptResource {
    private static final int BUFFER = 65_536;

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
                    "json and jsonl hold every entry as it was relayed, from the first one, also those of before a restart, and a gap where entries are"
                            + " gone. The others hold what"
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
            return Response.ok(chosen.isPaged() ? paged(chosen, log) : whole(chosen, log), chosen.mediaType())
                    .build();
        } catch (UncheckedIOException e) {
            throw problem(Response.Status.SERVICE_UNAVAILABLE, "The transcript cannot be read from disk now.");
        }
    }

    /** One that cannot be written to its end breaks off, so that nobody takes it for whole. */
    private static StreamingOutput paged(TranscriptFormat format, TranscriptLog log) {
        log.read(0, 1); // while there can still be another answer
        return body -> {
            try (Writer writer = new BufferedWriter(new OutputStreamWriter(body, StandardCharsets.UTF_8), BUFFER)) {
                format.write(log, writer);
            }
        };
    }

    private static String whole(TranscriptFormat format, TranscriptLog log) {
        StringBuilder text = new StringBuilder();
        try {
            format.write(log, text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return text.toString();
    }

    private static WebApplicationException problem(Response.Status status, String detail) {
        return new WebApplicationException(Problem.of(status, detail).toResponse());
    }
}
