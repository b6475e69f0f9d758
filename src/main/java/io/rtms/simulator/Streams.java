package io.rtms.simulator;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.rtms.media.MediaType;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The streams that can be joined at the gateway. For all threads. */
final class Streams {
    private final Map<String, SimulatedStream> streams = new ConcurrentHashMap<>();
    private final boolean strict;
    private volatile String url = "";

    Streams(boolean strict) {
        this.strict = strict;
    }

    /** Whether parameters that Zoom documents as wrong are refused. */
    boolean strict() {
        return strict;
    }

    void setUrl(String gatewayUrl) {
        url = gatewayUrl;
    }

    void add(SimulatedStream stream) {
        streams.put(stream.identity().streamId(), stream);
    }

    void remove(SimulatedStream stream) {
        streams.remove(stream.identity().streamId());
    }

    /** The stream with this id, or null. */
    SimulatedStream find(String streamId) {
        return streams.get(streamId);
    }

    /** {@code media_server.server_urls} of message 2: every medium, and one for all. */
    ObjectNode mediaUrls() {
        ObjectNode urls = Messages.object();
        for (MediaType medium : MediaType.values()) {
            urls.put(medium.label(), url + "/media/" + medium.label());
        }
        return urls.put("all", url + "/media/all");
    }
}
