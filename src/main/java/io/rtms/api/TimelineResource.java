package io.rtms.api;

import io.rtms.http.Problem;
import io.rtms.stream.RtmsStream;
import io.rtms.stream.Timeline;
import io.rtms.stream.TimelineEntry;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** What happened to a stream, in words. */
@Path("/api/streams/{streamId}/timeline")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Streams")
public class TimelineResource {
    private final KnownStreams known;

    TimelineResource(KnownStreams known) {
        this.known = known;
    }

    @GET
    @Operation(
            summary = "What happened to a stream, in words",
            description =
                    "Attempts to connect and what came of them, what Zoom said, what was lost and when it was back, the oldest first."
                            + " The newest 500 entries are kept, for as long as the stream is listed.")
    @APIResponse(responseCode = "200", description = "The stream's timeline")
    @APIResponse(
            responseCode = "404",
            description = "No such stream",
            content = @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
    public TimelineView timeline(@PathParam("streamId") String streamId) {
        return known.ask(streamId, StreamQuestion.TIMELINE);
    }

    /**
     * A stream's timeline as the API shows it.
     *
     * @param streamId Zoom's {@code rtms_stream_id}
     * @param omitted how many older entries are no longer kept
     * @param entries what happened, the oldest first
     */
    public record TimelineView(String streamId, long omitted, List<EntryView> entries) {
        static TimelineView of(RtmsStream stream) {
            Timeline timeline = stream.timeline();
            return new TimelineView(
                    stream.streamId(),
                    timeline.omitted(),
                    timeline.entries().stream().map(EntryView::of).toList());
        }
    }

    /**
     * Something that happened.
     *
     * @param at when, milliseconds since the epoch
     * @param kind state, attempt, media, zoom or load
     * @param text a sentence or two
     */
    public record EntryView(long at, String kind, String text) {
        static EntryView of(TimelineEntry entry) {
            return new EntryView(entry.atMs(), entry.kind().label(), entry.text());
        }
    }
}
