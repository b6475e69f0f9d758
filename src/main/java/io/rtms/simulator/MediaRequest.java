package io.rtms.simulator;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.rtms.media.AudioParams;
import io.rtms.media.MediaType;
import java.util.Set;

/**
 * What a media socket carries (message 3, rtms-protocol sections 5.1 to 5.3), as {@link MediaOffer} granted it.
 *
 * @param all one socket for every medium ({@code media_type} 32)
 * @param media what it carries
 * @param audio audio as it is sent
 * @param video video as it is sent
 * @param deskshare desk share as it is sent
 * @param parameters {@code media_params} as they are in force, for message 4
 */
record MediaRequest(
        boolean all,
        Set<MediaType> media,
        AudioParams audio,
        PictureParameters video,
        PictureParameters deskshare,
        ObjectNode parameters) {
    /** Of {@link MediaType#VIDEO} or {@link MediaType#DESKSHARE}. */
    PictureParameters pictures(MediaType medium) {
        return medium == MediaType.VIDEO ? video : deskshare;
    }
}
