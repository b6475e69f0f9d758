package io.rtms.stream;

import io.rtms.media.MediaType;
import java.util.Set;

/**
 * What Zoom is asked for.
 *
 * @param media the media wanted, at least one
 * @param split one socket for each medium instead of one for all
 */
public record MediaRequest(Set<MediaType> media, boolean split) {
    /** L16, 16 kHz, mono, a stream for each active speaker, 20 ms a frame; transcripts in whatever language is spoken (section 5.2). */
    private static final String PARAMS = """
            {"audio":{"content_type":2,"sample_rate":1,"channel":1,"codec":1,"data_opt":2,"send_rate":20},\
            "transcript":{"content_type":5,"enable_lid":true}}""";

    public MediaRequest {
        media = Set.copyOf(media);
        if (media.isEmpty()) {
            throw new IllegalArgumentException("no medium is asked for");
        }
    }

    /** The media that a socket of this type carries: all that were asked for where it carries every one. */
    Set<MediaType> of(int mediaType) {
        return (mediaType & MediaType.ALL) != 0 ? media : MediaType.ofBits(mediaType);
    }

    /** {@code media_params} of the media handshake, by medium. */
    String paramsJson() {
        return PARAMS;
    }
}
