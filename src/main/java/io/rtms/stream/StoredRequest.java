package io.rtms.stream;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** A request as it is written down for another process to join the stream: in the form of a webhook's payload, without secrets. */
public final class StoredRequest {
    private StoredRequest() {}

    /** The request as JSON. */
    public static String write(JoinRequest request) {
        ObjectNode json = JsonNodeFactory.instance
                .objectNode()
                .put(request.stream().product().idKey(), request.stream().id())
                .put("rtms_stream_id", request.stream().streamId())
                .put("app", request.app())
                .put("buffer_data", request.bufferData());
        request.serverUrls().forEach(json.putArray("server_urls")::add);
        return json.toString();
    }

    /**
     * The request to join that stream again.
     *
     * @throws IllegalArgumentException where it is none
     */
    public static JoinRequest read(String stored) {
        JsonNode json = Json.readOrMissing(stored);
        return JoinRequest.fromWebhook(json).toBuilder()
                .app(json.path("app").asText(JoinRequest.DEFAULT_APP))
                .bufferData(json.path("buffer_data").asBoolean(true))
                .rejoin(true)
                .build();
    }
}
