package io.rtms.stream;

import io.rtms.media.MediaParams;
import io.rtms.media.MediaType;
import java.util.Set;

/**
 * What Zoom is asked for.
 *
 * @param media the media wanted, at least one
 * @param params how each medium is asked for
 * @param split one socket for each medium instead of one for all
 * @param events numbers of the events to subscribe to; what they mean depends on the product
 */
public record MediaRequest(Set<MediaType> media, MediaParams params, boolean split, Set<Integer> events) {
    public MediaRequest {
        media = Set.copyOf(media);
        events = Set.copyOf(events);
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
        return params.toJson(media).toString();
    }
}
