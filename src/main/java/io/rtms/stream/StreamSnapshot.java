package io.rtms.stream;

import com.fasterxml.jackson.databind.JsonNode;
import io.rtms.event.Cause;
import io.rtms.event.StreamRef;
import io.rtms.event.StreamState;
import io.rtms.media.MediaType;
import java.util.Map;
import java.util.Set;

/**
 * A stream as it stands at one moment.
 *
 * @param stream which one
 * @param app name of the app that joined it
 * @param state where it stands
 * @param cause why; {@link Cause#NONE} where there is nothing to say
 * @param sinceMs when it came to this state, milliseconds since the epoch
 * @param media what Zoom granted, empty before the join
 * @param parameters how Zoom says that it sends each medium ({@code media_params} of message 4)
 * @param loop name of its loop, empty before the join
 * @param attempts connection attempts so far
 * @param waiting events that wait for observers
 */
public record StreamSnapshot(
        StreamRef stream,
        String app,
        StreamState state,
        Cause cause,
        long sinceMs,
        Set<MediaType> media,
        Map<MediaType, JsonNode> parameters,
        String loop,
        int attempts,
        int waiting) {
    StreamSnapshot withWaiting(int now) {
        return new StreamSnapshot(stream, app, state, cause, sinceMs, media, parameters, loop, attempts, now);
    }
}
