package io.rtms.media;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Objects;
import java.util.Set;

/**
 * How each medium is asked for, should it be. Immutable; setting one medium leaves the others as they are. Chat has no parameters.
 *
 * @param audio how audio is asked for
 * @param video how video is asked for
 * @param deskshare how a shared desk is asked for
 * @param transcript how transcripts are asked for
 */
public record MediaParams(
        AudioParams audio, VideoParams video, DeskshareParams deskshare, TranscriptParams transcript) {
    private static final MediaParams SDK = new MediaParams(
            AudioParams.defaults(), VideoParams.defaults(), DeskshareParams.defaults(), TranscriptParams.defaults());
    private static final MediaParams PROTOCOL = new MediaParams(
            AudioParams.protocolDefaults(),
            VideoParams.protocolDefaults(),
            DeskshareParams.protocolDefaults(),
            TranscriptParams.protocolDefaults());

    public MediaParams {
        Objects.requireNonNull(audio, "audio");
        Objects.requireNonNull(video, "video");
        Objects.requireNonNull(deskshare, "deskshare");
        Objects.requireNonNull(transcript, "transcript");
    }

    /** What Zoom's SDKs ask for. */
    public static MediaParams defaults() {
        return SDK;
    }

    /** What Zoom's servers send when asked for nothing in particular. */
    public static MediaParams protocolDefaults() {
        return PROTOCOL;
    }

    /** The same with other audio. */
    public MediaParams with(AudioParams params) {
        return new MediaParams(params, video, deskshare, transcript);
    }

    /** The same with other video. */
    public MediaParams with(VideoParams params) {
        return new MediaParams(audio, params, deskshare, transcript);
    }

    /** The same with another desk share. */
    public MediaParams with(DeskshareParams params) {
        return new MediaParams(audio, video, params, transcript);
    }

    /** The same with other transcripts. */
    public MediaParams with(TranscriptParams params) {
        return new MediaParams(audio, video, deskshare, params);
    }

    /** {@code media_params} of the media handshake (message 3) for these media. */
    public ObjectNode toJson(Set<MediaType> media) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        for (MediaType type : MediaType.values()) {
            if (media.contains(type)) {
                write(type, json.putObject(type.label()));
            }
        }
        return json;
    }

    private void write(MediaType type, ObjectNode json) {
        switch (type) {
            case AUDIO ->
                json.put("content_type", audio.contentType().number())
                        .put("sample_rate", audio.sampleRate().number())
                        .put("channel", audio.channel().number())
                        .put("codec", audio.codec().number())
                        .put("data_opt", audio.dataOption().number())
                        .put("send_rate", audio.duration());
            case VIDEO ->
                json.put("content_type", video.contentType().number())
                        .put("codec", video.codec().number())
                        .put("resolution", video.resolution().number())
                        .put("data_opt", video.dataOption().number())
                        .put("fps", video.fps());
            case DESKSHARE ->
                json.put("content_type", deskshare.contentType().number())
                        .put("codec", deskshare.codec().number())
                        .put("resolution", deskshare.resolution().number())
                        .put("fps", deskshare.fps());
            case TRANSCRIPT ->
                json.put("content_type", ContentType.TEXT.number())
                        .put("src_language", transcript.sourceLanguage().number())
                        .put("enable_lid", transcript.languageIdentification());
            case CHAT -> json.put("content_type", ContentType.TEXT.number());
        }
    }

    /**
     * What a server says that it sends: each field of {@code media_params} (message 4) that is there replaces ours.
     *
     * @param type the medium
     * @param effective the medium's own object
     * @throws InvalidParameterException where that is no combination that Zoom documents
     */
    public MediaParams withEffective(MediaType type, JsonNode effective) {
        return switch (type) {
            case AUDIO -> with(audio(effective));
            case VIDEO -> with(video(effective));
            case DESKSHARE -> with(deskshare(effective));
            case TRANSCRIPT -> with(transcript(effective));
            case CHAT -> this;
        };
    }

    private AudioParams audio(JsonNode effective) {
        return audio.toBuilder()
                .contentType(ContentType.of(number(effective, "content_type", audio.contentType())))
                .codec(AudioCodec.of(number(effective, "codec", audio.codec())))
                .sampleRate(AudioSampleRate.of(number(effective, "sample_rate", audio.sampleRate())))
                .channel(AudioChannel.of(number(effective, "channel", audio.channel())))
                .dataOption(DataOption.of(number(effective, "data_opt", audio.dataOption())))
                .duration(effective.path("send_rate").asInt(audio.duration()))
                .build();
    }

    private VideoParams video(JsonNode effective) {
        return video.toBuilder()
                .contentType(ContentType.of(number(effective, "content_type", video.contentType())))
                .codec(VideoCodec.of(number(effective, "codec", video.codec())))
                .resolution(VideoResolution.of(number(effective, "resolution", video.resolution())))
                .dataOption(DataOption.of(number(effective, "data_opt", video.dataOption())))
                .fps(effective.path("fps").asInt(video.fps()))
                .build();
    }

    private DeskshareParams deskshare(JsonNode effective) {
        return deskshare.toBuilder()
                .contentType(ContentType.of(number(effective, "content_type", deskshare.contentType())))
                .codec(VideoCodec.of(number(effective, "codec", deskshare.codec())))
                .resolution(VideoResolution.of(number(effective, "resolution", deskshare.resolution())))
                .fps(effective.path("fps").asInt(deskshare.fps()))
                .build();
    }

    private TranscriptParams transcript(JsonNode effective) {
        return transcript.toBuilder()
                .sourceLanguage(TranscriptLanguage.of(number(effective, "src_language", transcript.sourceLanguage())))
                .languageIdentification(effective.path("enable_lid").asBoolean(transcript.languageIdentification()))
                .build();
    }

    private static int number(JsonNode effective, String field, WireNumber ours) {
        return effective.path(field).asInt(ours.number());
    }
}
