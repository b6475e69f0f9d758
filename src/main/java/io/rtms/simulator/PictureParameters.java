package io.rtms.simulator;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.rtms.media.ContentType;
import io.rtms.media.DataOption;
import io.rtms.media.VideoCodec;
import io.rtms.media.VideoResolution;

/**
 * Video or desk share as it is sent: always raw frames.
 *
 * @param codec JPG, PNG or H.264
 * @param resolution the picture's size
 * @param fps frames a second
 * @param dataOption whose video; {@link DataOption#UNDEFINED} for desk share
 */
record PictureParameters(VideoCodec codec, VideoResolution resolution, int fps, DataOption dataOption) {
    /** Whether nobody is seen whom the client has not chosen. */
    boolean isIndividual() {
        return dataOption == DataOption.VIDEO_SINGLE_INDIVIDUAL_STREAM;
    }

    ObjectNode toJson() {
        ObjectNode json = Messages.object()
                .put("content_type", ContentType.RAW_VIDEO.number())
                .put("codec", codec.number())
                .put("resolution", resolution.number());
        if (dataOption != DataOption.UNDEFINED) {
            json.put("data_opt", dataOption.number());
        }
        return json.put("fps", fps);
    }
}
