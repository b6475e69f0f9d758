package io.rtms.event;

import java.util.Objects;

/**
 * Which stream something belongs to. One meeting may have several streams, so everything is keyed by {@code streamId}.
 *
 * @param streamId Zoom's {@code rtms_stream_id}
 * @param product the product that streams
 * @param id the meeting's, webinar's, session's, engagement's or call's id, exactly as Zoom sent it
 */
public record StreamRef(String streamId, Product product, String id) {
    public StreamRef {
        Objects.requireNonNull(streamId, "streamId");
        Objects.requireNonNull(product, "product");
        Objects.requireNonNull(id, "id");
    }
}
