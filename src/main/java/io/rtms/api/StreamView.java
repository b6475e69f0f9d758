package io.rtms.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.rtms.event.Cause;
import io.rtms.media.MediaType;
import io.rtms.stream.StreamSnapshot;
import java.util.List;
import java.util.Locale;

/**
 * A stream as the API shows it.
 *
 * @param streamId Zoom's {@code rtms_stream_id}
 * @param product meeting, webinar, video_sdk, contact_center or phone
 * @param id the meeting's, webinar's, session's, engagement's or call's id
 * @param state joining, live, interrupted, resumed, ended or failed
 * @param reason why, where there is something to say
 * @param since when it came to this state, milliseconds since the epoch
 * @param media what Zoom granted
 * @param loop name of the loop that drives it
 * @param attempts connection attempts so far
 * @param waiting events that wait for observers
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record StreamView(
        String streamId,
        String product,
        String id,
        String state,
        Cause reason,
        long since,
        List<String> media,
        String loop,
        int attempts,
        int waiting) {

    static StreamView of(StreamSnapshot stream) {
        return new StreamView(
                stream.stream().streamId(),
                stream.stream().product().name().toLowerCase(Locale.ROOT),
                stream.stream().id(),
                stream.state().label(),
                stream.cause().equals(Cause.NONE) ? null : stream.cause(),
                stream.sinceMs(),
                stream.media().stream().sorted().map(MediaType::label).toList(),
                stream.loop(),
                stream.attempts(),
                stream.waiting());
    }
}
