package io.rtms.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.rtms.media.DataOption;
import io.rtms.media.MediaType;
import io.rtms.media.TranscriptLanguage;
import java.util.EnumSet;
import java.util.Set;

/**
 * What a media socket is asked to carry (message 3, rtms-protocol sections 5.1 to 5.3).
 *
 * @param all one socket for every medium ({@code media_type} 32)
 * @param media what it carries
 * @param audio audio as it is sent
 * @param parameters {@code media_params} as they are in force, for message 4
 */
record MediaRequest(boolean all, Set<MediaType> media, AudioParameters audio, ObjectNode parameters) {
    private static final int ALL = 32;
    private static final int EVERY_BIT = 31;
    private static final int TEXT = 5;

    static Status check(JsonNode request, boolean strict) {
        int type = request.path("media_type").asInt(-1);
        if (type != ALL && (type < 1 || type > EVERY_BIT)) {
            return Status.MEDIA_TYPE_INVALID_VALUE;
        }
        JsonNode transcript = request.path("media_params").path("transcript");
        int language = transcript
                .path("src_language")
                .asInt(transcript.path("language").asInt(TranscriptLanguage.ENGLISH.number()));
        if (TranscriptLanguage.of(language) == TranscriptLanguage.UNKNOWN) {
            return Status.INVALID_TRANSCRIPT_SOURCE_LANGUAGE;
        }
        if (!strict) {
            return Status.OK;
        }
        if (transcript.path("content_type").asInt(TEXT) != TEXT) {
            return Status.INVALID_TRANSCRIPT_CONTENT_TYPE;
        }
        return AudioParameters.check(request.path("media_params").path("audio"));
    }

    /** The media that a request names; none where its number is wrong. */
    static Set<MediaType> media(JsonNode request) {
        int type = request.path("media_type").asInt();
        return type == ALL ? EnumSet.allOf(MediaType.class) : MediaType.ofBits(type & EVERY_BIT);
    }

    /** What is in force for a request that was checked. */
    static MediaRequest of(JsonNode request) {
        boolean all = request.path("media_type").asInt() == ALL;
        Set<MediaType> media = media(request);
        JsonNode asked = request.path("media_params");
        AudioParameters audio = AudioParameters.effective(asked.path("audio"));
        ObjectNode parameters = Messages.object();
        for (MediaType medium : media) {
            JsonNode own = asked.path(medium.label());
            parameters.set(medium.label(), medium == MediaType.AUDIO ? audio.toJson() : withDefaults(medium, own));
        }
        return new MediaRequest(all, media, audio, parameters);
    }

    /** Whether video is that of one participant whom the client chooses with message 28. */
    boolean isIndividualVideo() {
        return parameters.path("video").path("data_opt").asInt() == DataOption.VIDEO_SINGLE_INDIVIDUAL_STREAM.number();
    }

    private static ObjectNode withDefaults(MediaType medium, JsonNode asked) {
        ObjectNode effective = switch (medium) {
            case VIDEO -> picture(2, 5).put("data_opt", 3);
            case DESKSHARE -> picture(3, 1);
            case TRANSCRIPT ->
                text().put("src_language", TranscriptLanguage.ENGLISH.number()).put("enable_lid", true);
            default -> text();
        };
        if (asked instanceof ObjectNode given) {
            effective.setAll(given);
        }
        return effective;
    }

    private static ObjectNode text() {
        return Messages.object().put("content_type", TEXT);
    }

    private static ObjectNode picture(int resolution, int framesPerSecond) {
        return Messages.object()
                .put("content_type", 3)
                .put("codec", 5)
                .put("resolution", resolution)
                .put("fps", framesPerSecond);
    }
}
