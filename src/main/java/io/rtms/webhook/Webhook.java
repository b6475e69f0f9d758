package io.rtms.webhook;

import com.fasterxml.jackson.databind.JsonNode;
import io.rtms.event.StopReason;
import io.rtms.event.StreamRef;
import java.util.List;
import java.util.Optional;

/** A webhook that was read: everything in it is of the right form, nothing has been done about it yet. */
sealed interface Webhook {
    /** Zoom's name of the event. */
    String event();

    /** {@code event_ts}, milliseconds since the epoch. */
    long timestamp();

    /** {@code payload} as received. */
    JsonNode payload();

    /** Zoom wants to know whether this is the right address. */
    record UrlValidation(String event, long timestamp, JsonNode payload, String plainToken) implements Webhook {}

    /** A webhook about one stream. */
    sealed interface OfStream extends Webhook {
        String streamId();
    }

    /** A stream can be joined, or has moved to other servers. */
    record StreamStarted(String event, long timestamp, JsonNode payload, StreamRef stream, List<String> serverUrls)
            implements OfStream {
        @Override
        public String streamId() {
            return stream.streamId();
        }
    }

    /** A stream is over. */
    record StreamStopped(String event, long timestamp, JsonNode payload, String streamId, StopReason reason)
            implements OfStream {}

    /**
     * Zoom lost our connection.
     *
     * @param stream the stream, where the webhook holds all that it takes to join it
     * @param serverUrls empty unless Zoom sent new ones
     */
    record StreamInterrupted(
            String event,
            long timestamp,
            JsonNode payload,
            String streamId,
            Optional<StreamRef> stream,
            List<String> serverUrls)
            implements OfStream {}

    /** An event that the service itself does not act on. */
    record Other(String event, long timestamp, JsonNode payload) implements Webhook {}
}
