package io.rtms.api;

import io.rtms.RtmsManager;
import io.rtms.http.Problem;
import io.rtms.stream.RtmsStream;
import jakarta.inject.Singleton;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.core.Response;

/** The streams that requests may name. */
@Singleton
class KnownStreams {
    private final RtmsManager manager;

    KnownStreams(RtmsManager manager) {
        this.manager = manager;
    }

    /** The stream with this id; 404 where there is none. */
    RtmsStream get(String streamId) {
        return manager.stream(streamId)
                .orElseThrow(() ->
                        new NotFoundException(Problem.of(Response.Status.NOT_FOUND, "No stream with this id is known.")
                                .toResponse()));
    }
}
