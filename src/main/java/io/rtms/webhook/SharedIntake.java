package io.rtms.webhook;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.rtms.ServiceDraining;
import io.rtms.ServiceStarted;
import io.rtms.cluster.Cluster;
import io.rtms.cluster.WebhookQueue;
import io.rtms.stream.StreamRegistry.RegistryAwayException;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.Reception;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Singleton;
import jakarta.interceptor.Interceptor;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.jboss.logging.Logger;

/** Between the answer to Zoom and the work, where several nodes share it: webhooks go to all nodes' queue, from which each takes what it can act on. */
@Singleton
class SharedIntake {
    private static final Logger LOG = Logger.getLogger(SharedIntake.class);

    private static final Duration PAUSE = Duration.ofSeconds(1);

    private final Cluster cluster;
    private final Instance<WebhookQueue> queue;
    private final WebhookIntake intake;
    private final WebhookReader reader;
    private final WebhookConfig config;
    private final ObjectMapper json;
    private volatile boolean closed;

    SharedIntake(
            Cluster cluster,
            Instance<WebhookQueue> queue,
            WebhookIntake intake,
            WebhookReader reader,
            WebhookConfig config,
            ObjectMapper json) {
        this.cluster = cluster;
        this.queue = queue;
        this.intake = intake;
        this.reader = reader;
        this.config = config;
        this.json = json;
    }

    /** After the intake was opened. */
    void start(@Observes @Priority(Interceptor.Priority.APPLICATION + 1) ServiceStarted event) {
        if (cluster.isEnabled()) {
            cluster.work("webhooks", this::work);
        }
    }

    /** A node that takes no more streams leaves webhooks to others, too. */
    private void work() throws InterruptedException {
        if (closed) {
            Thread.sleep(PAUSE);
        } else {
            queue.get().next(this::take);
        }
    }

    /** From now on Zoom is answered 503 and comes again, to another node. */
    void close(@Observes(notifyObserver = Reception.IF_EXISTS) ServiceDraining event) {
        closed = true;
    }

    /** Whether it is in use. */
    boolean isShared() {
        return cluster.isEnabled();
    }

    /**
     * Takes a webhook for all nodes.
     *
     * @param signed its signature: any node takes it once
     */
    ReplayCache.Verdict accept(String app, String signed, byte[] body) {
        if (closed) {
            return ReplayCache.Verdict.REFUSED;
        }
        String entry = json.createObjectNode()
                .put("app", app)
                .put("body", new String(body, StandardCharsets.UTF_8))
                .toString();
        try {
            return switch (queue.get().add(app + "/" + signed, config.maxAge().multipliedBy(2), entry)) {
                case ADDED -> ReplayCache.Verdict.TAKEN;
                case ADDED_BEFORE -> ReplayCache.Verdict.REPLAYED;
                case FULL -> ReplayCache.Verdict.REFUSED;
            };
        } catch (RegistryAwayException e) {
            return ReplayCache.Verdict.REFUSED;
        }
    }

    private void take(String entry, boolean again, Runnable done) throws InterruptedException {
        try {
            JsonNode accepted = json.readTree(entry);
            String body = accepted.path("body").asText();
            Webhook webhook = reader.read(body.getBytes(StandardCharsets.UTF_8));
            intake.put(accepted.path("app").asText(), webhook, body, again, done);
        } catch (JsonProcessingException | InvalidWebhookException e) {
            LOG.errorf("A webhook that another node has accepted cannot be read here: %s", e.getMessage());
            done.run();
        }
    }
}
