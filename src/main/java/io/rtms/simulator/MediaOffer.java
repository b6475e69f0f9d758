package io.rtms.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.rtms.media.AudioParams;
import io.rtms.media.MediaParams;
import io.rtms.media.MediaType;
import io.rtms.media.TranscriptParams;
import java.util.EnumSet;
import java.util.Set;

/**
 * What clients of a stream can have. Immutable.
 *
 * @param media the media that the app may have
 * @param strict refuse parameters that Zoom documents as wrong, instead of taking the nearest that are right
 * @param g722 whether there is any audio in G.722; it is not encoded here
 */
record MediaOffer(Set<MediaType> media, boolean strict, boolean g722) {
    private static final int EVERY_BIT = MediaType.ALL - 1;

    /** The media that a request names; none where its number is wrong. */
    static Set<MediaType> named(JsonNode request) {
        int type = request.path("media_type").asInt();
        return type == MediaType.ALL ? EnumSet.allOf(MediaType.class) : MediaType.ofBits(type & EVERY_BIT);
    }

    /** What is wrong with message 3, if anything. */
    Status check(JsonNode request) {
        int type = request.path("media_type").asInt(-1);
        if (type < 1 || type > MediaType.ALL) {
            return Status.MEDIA_TYPE_INVALID_VALUE;
        }
        for (MediaType medium : named(request)) {
            if (type != MediaType.ALL && !media.contains(medium)) {
                return Status.notSupported(medium);
            }
        }
        return strict ? checkParameters(request) : Status.OK;
    }

    private Status checkParameters(JsonNode request) {
        JsonNode parameters = request.path("media_params");
        if (!new Asked(parameters).isObject()) {
            return Status.INVALID_MEDIA_PARAMS;
        }
        for (MediaType medium : named(request)) {
            Status status = check(medium, new Asked(parameters.path(medium.label())));
            if (status != Status.OK) {
                return status;
            }
        }
        return Status.OK;
    }

    private Status check(MediaType medium, Asked asked) {
        return switch (medium) {
            case AUDIO -> asked.isObject() ? checkAudio(asked) : Status.INVALID_AUDIO_PARAMS;
            case VIDEO -> asked.isObject() ? new PictureRules(medium, asked).check() : Status.INVALID_VIDEO_PARAMS;
            case DESKSHARE ->
                asked.isObject() ? new PictureRules(medium, asked).check() : Status.INVALID_DESKSHARE_PARAMS;
            case TRANSCRIPT -> asked.isObject() ? TextRules.checkTranscript(asked) : Status.INVALID_TRANSCRIPT_PARAMS;
            case CHAT -> asked.isObject() ? TextRules.checkChat(asked) : Status.INVALID_CHAT_PARAMS;
        };
    }

    private Status checkAudio(Asked asked) {
        Status status = new AudioRules(asked).check();
        return status == Status.OK && isMissingG722(asked) ? Status.NO_G722 : status;
    }

    /** Whether G.722 is asked for and cannot be had. */
    boolean isMissingG722(JsonNode request) {
        return isMissingG722(new Asked(request.path("media_params").path(MediaType.AUDIO.label())));
    }

    private boolean isMissingG722(Asked audio) {
        return !g722 && new AudioRules(audio).isG722();
    }

    /** What is in force for a request that was checked. */
    MediaRequest grant(JsonNode request) {
        boolean all = request.path("media_type").asInt() == MediaType.ALL;
        Set<MediaType> granted = EnumSet.copyOf(named(request));
        granted.retainAll(media);
        JsonNode asked = request.path("media_params");
        AudioParams audio = new AudioRules(asked(asked, MediaType.AUDIO)).nearest(strict, g722);
        PictureParameters video = new PictureRules(MediaType.VIDEO, asked(asked, MediaType.VIDEO)).nearest();
        PictureParameters share = new PictureRules(MediaType.DESKSHARE, asked(asked, MediaType.DESKSHARE)).nearest();
        TranscriptParams transcript = TextRules.nearestTranscript(asked(asked, MediaType.TRANSCRIPT));
        ObjectNode parameters = Messages.object();
        for (MediaType medium : granted) {
            parameters.set(
                    medium.label(),
                    switch (medium) {
                        case AUDIO ->
                            MediaParams.protocolDefaults()
                                    .with(audio)
                                    .toJson(Set.of(medium))
                                    .path(medium.label());
                        case VIDEO -> video.toJson();
                        case DESKSHARE -> share.toJson();
                        case TRANSCRIPT -> TextRules.toJson(transcript);
                        case CHAT -> TextRules.toJson();
                    });
        }
        return new MediaRequest(all, granted, audio, video, share, parameters);
    }

    private static Asked asked(JsonNode parameters, MediaType medium) {
        return new Asked(parameters.path(medium.label()));
    }
}
