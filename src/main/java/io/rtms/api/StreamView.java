package io.rtms.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.JsonNode;
import io.rtms.event.Cause;
import io.rtms.media.MediaType;
import io.rtms.stream.StreamSnapshot;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * A stream as the API shows it.
 *
 * @param streamId Zoom's {@code rtms_stream_id}
 * @param app name of the configured app that joined it
 * @param product meeting, webinar, video_sdk, contact_center or phone
 * @param id the meeting's, webinar's, session's, engagement's or call's id
 * @param state joining, live, interrupted, resumed, ended or failed
 * @param reason why, where there is something to say
 * @param since when it came to this state, milliseconds since the epoch
 * @param media what Zoom granted
 * @param parameters how Zoom sends each medium: the objects of {@code media_params} in its answer to the media handshake
 * @param loop name of the loop that drives it
 * @param attempts connection attempts so far
 * @param waiting events that wait for observers
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record StreamView(
        String streamId,
        String app,
        String product,
        String id,
        String state,
        Cause reason,
        long since,
        List<String> media,
        Map<String, JsonNode> parameters,
        String loop,
        int attempts,
        int waiting) {

    static StreamView of(StreamSnapshot stream) {
        return new StreamView(
                stream.stream().streamId(),
                stream.app(),
                stream.stream().product().name().toLowerCase(Locale.ROOT),
                stream.stream().id(),
                stream.state().label(),
                stream.cause().equals(Cause.NONE) ? null : stream.cause(),
                stream.sinceMs(),
                stream.media().stream().sorted().map(MediaType::label).toList(),
                parameters(stream),
                stream.loop(),
                stream.attempts(),
                stream.waiting());
    }

    private static Map<String, JsonNode> parameters(StreamSnapshot stream) {
        Map<String, JsonNode> parameters = new TreeMap<>();
        stream.parameters().forEach((type, params) -> parameters.put(type.label(), params));
        return parameters;
    }
}
