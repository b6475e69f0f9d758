package io.rtms.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.rtms.event.Product;
import io.rtms.media.MediaType;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jboss.logging.Logger;

/** The streams that can be joined at the gateway. For all threads. */
final class Streams {
    private static final Logger LOG = Logger.getLogger(Streams.class);

    private final Map<String, SimulatedStream> streams = new ConcurrentHashMap<>();
    private final AtomicBoolean explained = new AtomicBoolean();

    /** Says, the first time, why a client that asks for G.722 does not get it. */
    void explain(MediaOffer offer, JsonNode request) {
        boolean asked = MediaOffer.named(request).contains(MediaType.AUDIO) && offer.isMissingG722(request);
        if (asked && explained.compareAndSet(false, true)) {
            LOG.warn(
                    "A client asked for audio in G.722 and gets L16: the simulator does not encode G.722. To play it, set"
                            + " rtms.simulator.audio to a .g722 file, or to a folder with <speaker>.g722");
        }
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

    List<SimulatedStream> all() {
        return List.copyOf(streams.values());
    }

    /** {@code media_server.server_urls} of message 2: every medium that is offered, and one for all; for voices of the contact center audio only. */
    JsonNode mediaUrls(SimulatedStream stream) {
        PlayOptions options = stream.options();
        Residence residence = stream.residence();
        ObjectNode urls = Messages.object();
        for (MediaType medium : MediaType.values()) {
            boolean named = medium == MediaType.AUDIO || options.product() != Product.CONTACT_CENTER;
            if (named && options.offered().contains(medium)) {
                urls.put(medium.label(), residence.mediaUrl(medium.label()));
            }
        }
        urls.put("all", residence.mediaUrl("all"));
        return options.deviations().contains(Deviation.ONE_MEDIA_URL) ? urls.path("all") : urls;
    }
}
