package io.rtms.api;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.rtms.stream.RtmsStream;
import java.util.List;
import java.util.function.BiFunction;

/**
 * What the API wants to know of a stream, or to have it do: by name, so that it can be asked of the node that has the stream.
 *
 * @param name tells it from others
 * @param type of the answer
 * @param answer how the node that has the stream answers; throws {@link IllegalArgumentException} (400) and {@link IllegalStateException} (409)
 */
record StreamQuestion<T>(String name, TypeReference<T> type, BiFunction<RtmsStream, JsonNode, T> answer) {
    static final StreamQuestion<StreamView> VIEW =
            new StreamQuestion<>("view", new TypeReference<>() {}, (stream, args) -> StreamView.of(stream.snapshot()));

    static final StreamQuestion<List<ParticipantView>> PARTICIPANTS = new StreamQuestion<>(
            "participants",
            new TypeReference<>() {},
            (stream, args) ->
                    stream.attendees().stream().map(ParticipantView::of).toList());

    static final StreamQuestion<TimelineResource.TimelineView> TIMELINE = new StreamQuestion<>(
            "timeline", new TypeReference<>() {}, (stream, args) -> TimelineResource.TimelineView.of(stream));

    static final StreamQuestion<JsonNode> LEAVE =
            new StreamQuestion<>("leave", new TypeReference<>() {}, (stream, args) -> {
                stream.leave();
                return args;
            });

    static final StreamQuestion<JsonNode> VIDEO =
            new StreamQuestion<>("video", new TypeReference<>() {}, (stream, args) -> {
                stream.subscribeVideo(
                        args.path("userId").asLong(), args.path("on").asBoolean());
                return args;
            });

    static final List<StreamQuestion<?>> ALL = List.of(VIEW, PARTICIPANTS, TIMELINE, LEAVE, VIDEO);

    static final JsonNode NOTHING = JsonNodeFactory.instance.objectNode();
}
