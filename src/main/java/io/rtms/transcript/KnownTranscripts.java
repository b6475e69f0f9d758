package io.rtms.transcript;

import io.rtms.http.Problem;
import io.rtms.transcript.log.TranscriptLog;
import jakarta.inject.Singleton;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Response;

/** The transcripts that requests may name. */
@Singleton
public class KnownTranscripts {
    private final TranscriptLogs logs;

    KnownTranscripts(TranscriptLogs logs) {
        this.logs = logs;
    }

    /** The log of the stream with this id; 404 where there is none. */
    public TranscriptLog require(String streamId) {
        return logs.find(streamId)
                .orElseThrow(() ->
                        new WebApplicationException(Problem.of(Response.Status.NOT_FOUND, "No stream " + streamId + ".")
                                .toResponse()));
    }
}
