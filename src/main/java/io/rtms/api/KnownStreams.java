package io.rtms.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.rtms.RtmsManager;
import io.rtms.ServiceStarting;
import io.rtms.cluster.Cluster;
import io.rtms.cluster.Colleagues;
import io.rtms.cluster.Orders.RefusedException;
import io.rtms.http.Problem;
import io.rtms.stream.RtmsStream;
import io.rtms.stream.StreamRegistry.RegistryAwayException;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Singleton;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Response;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The streams that requests may name: this node's, and those of others. May wait for another node. */
@Singleton
class KnownStreams {
    private static final String STREAMS = "streams";

    private final RtmsManager manager;
    private final Cluster cluster;
    private final Instance<Colleagues> colleagues;
    private final ObjectMapper json;

    KnownStreams(RtmsManager manager, Cluster cluster, Instance<Colleagues> colleagues, ObjectMapper json) {
        this.manager = manager;
        this.cluster = cluster;
        this.colleagues = colleagues;
        this.json = json;
    }

    /** From now on other nodes may ask. */
    void onStarting(@Observes ServiceStarting event) {
        if (cluster.isEnabled()) {
            StreamQuestion.ALL.forEach(question ->
                    colleagues.get().answer(question.name(), about -> json.valueToTree(answer(question, about))));
            colleagues.get().answer(STREAMS, about -> json.valueToTree(own()));
        }
    }

    private <T> T answer(StreamQuestion<T> question, JsonNode about) {
        RtmsStream stream = manager.stream(about.path("streamId").asText())
                .orElseThrow(() -> new RefusedException(404, "No stream with this id is known."));
        try {
            return question.answer().apply(stream, about);
        } catch (IllegalArgumentException e) {
            throw new RefusedException(400, e.getMessage());
        } catch (IllegalStateException e) {
            throw new RefusedException(409, e.getMessage());
        }
    }

    /** Asks whoever has the stream with this id; 404 where nobody has. */
    <T> T ask(String streamId, StreamQuestion<T> question) {
        return ask(streamId, question, StreamQuestion.NOTHING);
    }

    /**
     * The same with more to say.
     *
     * @throws IllegalArgumentException where the node that has it says so (400)
     * @throws IllegalStateException where it says so (409)
     */
    <T> T ask(String streamId, StreamQuestion<T> question, JsonNode args) {
        Optional<RtmsStream> own = manager.stream(streamId);
        if (cluster.isEnabled() && own.filter(stream -> !stream.isOver()).isEmpty()) {
            try {
                Optional<String> holder = colleagues.get().holder(streamId);
                if (holder.isPresent()) {
                    ObjectNode about = args.<ObjectNode>deepCopy().put("streamId", streamId);
                    return json.convertValue(
                            colleagues.get().ask(holder.get(), question.name(), about), question.type());
                }
            } catch (RefusedException e) {
                throw problem(e);
            } catch (RegistryAwayException e) {
                if (own.isEmpty()) {
                    throw new WebApplicationException(
                            Problem.of(Response.Status.SERVICE_UNAVAILABLE, "Redis cannot be reached.")
                                    .toResponse());
                }
            }
        }
        return question.answer().apply(own.orElseThrow(KnownStreams::unknown), args);
    }

    private static RuntimeException problem(RefusedException refused) {
        return switch (refused.status()) {
            case 400 -> new IllegalArgumentException(refused.getMessage());
            case 409 -> new IllegalStateException(refused.getMessage());
            default ->
                new WebApplicationException(
                        Problem.of(Response.Status.fromStatusCode(refused.status()), refused.getMessage())
                                .toResponse());
        };
    }

    private static NotFoundException unknown() {
        return new NotFoundException(Problem.of(Response.Status.NOT_FOUND, "No stream with this id is known.")
                .toResponse());
    }

    private List<StreamView> own() {
        return manager.streams().stream().map(StreamView::of).toList();
    }

    /** All nodes' streams, the newest first; of one that two nodes know, what the one says that has it, or had it last. */
    List<StreamView> all() {
        List<StreamView> views = new ArrayList<>(own());
        if (cluster.isEnabled()) {
            for (JsonNode answer : colleagues.get().askAll(STREAMS, StreamQuestion.NOTHING)) {
                answer.forEach(view -> views.add(json.convertValue(view, StreamView.class)));
            }
        }
        views.sort(Comparator.comparingLong(StreamView::since).reversed());
        Map<String, StreamView> newest = new LinkedHashMap<>();
        views.forEach(view -> newest.putIfAbsent(view.streamId(), view));
        return List.copyOf(newest.values());
    }
}
