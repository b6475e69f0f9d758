package io.rtms.stream;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.rtms.event.AiInterpreter;
import io.rtms.event.AudioData;
import io.rtms.event.DeskshareData;
import io.rtms.event.DropCause;
import io.rtms.event.FramesDropped;
import io.rtms.event.MediaData;
import io.rtms.event.MediaMetadata;
import io.rtms.event.Metadata;
import io.rtms.event.StreamRef;
import io.rtms.event.TranscriptAttribute;
import io.rtms.event.TranscriptData;
import io.rtms.event.VideoData;
import io.rtms.media.MediaType;
import io.rtms.media.TranscriptLanguage;
import io.rtms.sdk.Frame;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Turns a stream's media frames into events. For the loop's thread. */
final class MediaTranslator {
    /** Zoom's own wrapper trusts no longer list of targets. */
    private static final int MOST_TARGETS = 99;

    /** Message of audio's metadata; those of the other media follow in the order of {@link MediaType}. */
    private static final int FIRST_METADATA = 23;

    private final StreamRef stream;
    private final Roster roster;

    MediaTranslator(StreamRef stream, Roster roster) {
        this.stream = stream;
        this.roster = roster;
    }

    AudioData audio(Frame frame) {
        return new AudioData(stream, metadata(frame), frame.payload(), frame.timestamp(), frame.arrivalNanos());
    }

    VideoData video(Frame frame) {
        return new VideoData(stream, metadata(frame), frame.payload(), frame.timestamp(), frame.arrivalNanos());
    }

    DeskshareData deskshare(Frame frame) {
        return new DeskshareData(stream, metadata(frame), frame.payload(), frame.timestamp(), frame.arrivalNanos());
    }

    TranscriptData transcript(Frame frame) {
        Metadata metadata = metadata(
                frame,
                TranscriptLanguage.of(frame.code()),
                TranscriptAttribute.of(frame.detail()),
                Json.readOrMissing(frame.extra()));
        return new TranscriptData(stream, metadata, frame.text(), frame.timestamp(), frame.arrivalNanos());
    }

    MediaData chat(Frame frame) {
        JsonNode extra = Json.readOrMissing(frame.extra());
        return ChatReader.read(stream, metadata(frame, extra), frame, extra);
    }

    /** Metadata that come apart from their medium. */
    MediaMetadata apart(Frame frame) {
        String json = frame.text();
        MediaType type = MediaType.values()[frame.code() - FIRST_METADATA];
        return new MediaMetadata(stream, type, metadata(frame, Json.readOrMissing(json)), json, frame.timestamp());
    }

    /** Frames that the engine could not keep. */
    FramesDropped dropped(Frame frame) {
        return new FramesDropped(
                stream,
                MediaType.values()[frame.code() - 1],
                DropCause.ENGINE,
                frame.detail(),
                Json.readOrMissing(frame.extra()).path("bytes").asLong(),
                frame.startMs(),
                frame.endMs());
    }

    private Metadata metadata(Frame frame) {
        return metadata(frame, Json.readOrMissing(frame.extra()));
    }

    /** @param extra an object with rarer fields, or nothing */
    private Metadata metadata(Frame frame, JsonNode extra) {
        return metadata(frame, TranscriptLanguage.NONE, TranscriptAttribute.NONE, extra);
    }

    private Metadata metadata(Frame frame, TranscriptLanguage language, TranscriptAttribute attribute, JsonNode extra) {
        return new Metadata(
                roster.participant(frame.userId(), frame.name()),
                frame.startMs(),
                frame.endMs(),
                language,
                attribute,
                extra.path("channel_id").asText(""),
                interpreter(extra));
    }

    private static Optional<AiInterpreter> interpreter(JsonNode extra) {
        JsonNode block = extra.path("aii").isObject() ? extra.path("aii") : extra.path("ai_interpreter");
        if (!block.isObject()) {
            return Optional.empty();
        }
        List<AiInterpreter.Target> targets = new ArrayList<>();
        for (JsonNode target : first(block, "targets", "atl")) {
            if (targets.size() < MOST_TARGETS) {
                targets.add(new AiInterpreter.Target(
                        target.path("lid").asInt(-1),
                        target.path("toneid").asText(""),
                        target.path("voice_id").asText(""),
                        target.path("engine").asText("")));
            }
        }
        return Optional.of(new AiInterpreter(
                block.path("lid").asInt(-1),
                block.path("timestamp").asLong(),
                block.path("channel_num").asInt(),
                block.path("sample_rate").asInt(-1),
                targets));
    }

    private static JsonNode first(JsonNode object, String... names) {
        for (String name : names) {
            if (object.path(name).isArray()) {
                return object.path(name);
            }
        }
        return MissingNode.getInstance();
    }
}
