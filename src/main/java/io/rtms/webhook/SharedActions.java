package io.rtms.webhook;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.rtms.RtmsManager;
import io.rtms.cluster.Node;
import io.rtms.cluster.Orders;
import io.rtms.cluster.RedisRegistry;
import io.rtms.event.StopReason;
import io.rtms.event.StreamRef;
import io.rtms.stream.JoinRequest;
import io.rtms.stream.RtmsStream;
import jakarta.enterprise.inject.Typed;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.jboss.logging.Logger;

/**
 * What follows from a webhook where several nodes share the streams: the node that has its stream is told; where none has it, what is written down of it
 * changes, and a node with room joins it.
 */
@Singleton
@Typed(SharedActions.class)
class SharedActions implements WebhookActions {
    private static final Logger LOG = Logger.getLogger(SharedActions.class);
    private static final String ORDER = "webhook";

    private final RedisRegistry registry;
    private final Orders orders;
    private final Node node;
    private final LocalActions local;
    private final RtmsManager manager;
    private final WebhookReader reader;
    private final WebhookConfig config;

    SharedActions(
            RedisRegistry registry,
            Orders orders,
            Node node,
            LocalActions local,
            RtmsManager manager,
            WebhookReader reader,
            WebhookConfig config) {
        this.registry = registry;
        this.orders = orders;
        this.node = node;
        this.local = local;
        this.manager = manager;
        this.reader = reader;
        this.config = config;
        orders.handle(ORDER, this::ordered);
    }

    @Override
    public void act(String app, Webhook webhook, String body, Optional<RtmsStream> before, boolean tooLate) {
        if (!(webhook instanceof Webhook.OfStream ofStream)) {
            return;
        }
        Optional<String> holder = registry.holder(ofStream.streamId());
        if (holder.isEmpty()) {
            onNobodys(app, ofStream);
        } else if (holder.get().equals(node.id())) {
            local.act(app, webhook, body, before, tooLate);
        } else {
            ObjectNode about =
                    JsonNodeFactory.instance.objectNode().put("app", app).put("body", body);
            orders.ask(holder.get(), ORDER, about);
        }
    }

    /** Another node has taken it in, and this one has the stream. */
    private JsonNode ordered(JsonNode about) {
        try {
            Webhook webhook = reader.read(about.path("body").asText().getBytes(StandardCharsets.UTF_8));
            if (webhook instanceof Webhook.OfStream ofStream) {
                Optional<RtmsStream> stream = manager.stream(ofStream.streamId());
                local.act(about.path("app").asText(), webhook, "", stream, false);
            }
        } catch (InvalidWebhookException e) {
            throw new Orders.RefusedException(400, e.getMessage());
        }
        return JsonNodeFactory.instance.objectNode();
    }

    private void onNobodys(String app, Webhook.OfStream webhook) {
        String streamId = webhook.streamId();
        RedisRegistry.Known known = registry.known(streamId);
        if (known.isAnothers(app)) {
            LOG.warnf("A webhook of app %s about stream %s, which is another app's, is ignored", app, streamId);
            return;
        }
        switch (webhook) {
            case Webhook.StreamStarted started -> {
                if (known.end().equals(StopReason.RECEIVER_REQUEST_CLOSE.name())) {
                    LOG.infof("Stream %s was left; that Zoom starts it again changes nothing", streamId);
                } else {
                    want(app, started.stream(), started.serverUrls());
                }
            }
            case Webhook.StreamStopped stopped -> registry.unwant(streamId);
            case Webhook.StreamInterrupted interrupted -> {
                Optional<StreamRef> stream =
                        interrupted.stream().or(() -> known.request().map(JoinRequest::stream));
                if (stream.isPresent() && !interrupted.serverUrls().isEmpty()) {
                    want(app, stream.get(), interrupted.serverUrls());
                }
            }
        }
    }

    private void want(String app, StreamRef stream, List<String> serverUrls) {
        if (config.autoJoin()) {
            registry.want(LocalActions.request(app, stream, serverUrls));
        } else {
            LOG.debugf("Stream %s is left to the program", stream.streamId());
        }
    }
}
